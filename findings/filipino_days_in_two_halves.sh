#!/bin/sh
# dateparser knows one half of Filipino as `fil` and the other as `tl`.
#
# Expected  dateparser 1.5.0 reads "bukas" (tomorrow), "3 araw ang nakalipas" (three days ago) and "sa Lunes" (on Monday) in
#           Filipino, whichever of its two codes is asked for.
# Seen      `fil` does not know "sa Lunes"; `tl` knows neither "bukas" nor "3 araw ang nakalipas". Neither reads "bukas ng umaga"
#           (tomorrow morning) nor "sa susunod na linggo" (next week).
# QuickSell reads days and hours by words of its own, the same for every Filipino (bot/language/values/).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install dateparser==1.5.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

import dateparser

READ = {
    "kahapon": (True, True),
    "bukas": (True, False),
    "3 araw ang nakalipas": (True, False),
    "sa Lunes": (False, True),
    "bukas ng umaga": (False, False),
    "sa susunod na linggo": (False, False),
}
how = {"RELATIVE_BASE": datetime(2026, 12, 2, 12)}
seen = {
    text: tuple(dateparser.parse(text, languages=[code], settings=how) is not None for code in ("fil", "tl"))
    for text in READ
}
for text, (fil, tl) in seen.items():
    print(f"{text!r}: fil {fil}, tl {tl}")
raise SystemExit(seen != READ)
PYTHON
