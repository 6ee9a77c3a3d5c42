#!/bin/sh
# Babel knows that Facebook's tl_PH is Filipino, and does not negotiate it so.
#
# Expected  negotiate_locale(["tl_PH"], ["en", "fil"]) of Babel 2.18.0 answers "fil", since Locale.parse("tl_PH") is fil_PH.
# Seen      None, also where "fil_PH" is offered: negotiation compares names and knows nothing of languages that were renamed.
#           A shopper whose profile is in Tagalog would be greeted in English.
# QuickSell negotiates nothing by it: a shopper's language is the one that they chose, else the shop's.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install Babel==2.18.0
"$folder/venv/bin/python" - <<'PYTHON'
from babel import Locale, negotiate_locale

parsed = str(Locale.parse("tl_PH"))
negotiated = [negotiate_locale(["tl_PH"], ["en", "fil"]), negotiate_locale(["tl_PH"], ["en", "fil", "fil_PH"])]
print(f"parsed {parsed}, negotiated {negotiated}")
raise SystemExit((parsed, negotiated) != ("fil_PH", [None, None]))
PYTHON
