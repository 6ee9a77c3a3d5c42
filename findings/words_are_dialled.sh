#!/bin/sh
# phonenumbers takes words behind the digits for digits of the number.
#
# Expected  phonenumbers 9.0.43 calls "0917 sandali" (0917, wait a moment) no valid number of the Philippines.
# Seen      it is valid: letters are dialled as on a telephone's keys, so that the word becomes the seven digits that lack.
#           "0917 wait lng" likewise. A number that was never typed would be called by the rider.
# QuickSell hands the library digits and signs only, never words (bot/language/phones.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install phonenumbers==9.0.43
"$folder/venv/bin/python" - <<'PYTHON'
import phonenumbers

seen = {}
for text in ("0917 sandali", "0917 wait lng", "0917 po"):
    number = phonenumbers.parse(text, "PH")
    seen[text] = phonenumbers.is_valid_number(number)
    print(f"{text!r}: valid {seen[text]}")
raise SystemExit(seen != {"0917 sandali": True, "0917 wait lng": True, "0917 po": False})
PYTHON
