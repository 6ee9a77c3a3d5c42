#!/bin/sh
# The matcher of phonenumbers finds no mobile number behind another number.
#
# Expected  phonenumbers 9.0.43 cuts "0917 555 0123" out of "Brgy 5 0917 555 0123", as it does out of "call 0917 555 0123".
# Seen      nothing is found: the digit of the barangay is taken for the beginning of the number, and so is a time behind it
#           for its end. Addresses of the Philippines have numbered barangays, blocks and lots all over.
# QuickSell cuts numbers out by their shape and asks the library about the digits alone (bot/language/phones.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install phonenumbers==9.0.43
"$folder/venv/bin/python" - <<'PYTHON'
from phonenumbers import PhoneNumberMatcher

TEXTS = {
    "call 0917 555 0123": 1,
    "Brgy 5 0917 555 0123": 0,
    "Blk 3 Lot 12 0917 555 0123": 0,
    "0917 555 0123 5pm": 0,
}
seen = {text: len(list(PhoneNumberMatcher(text, "PH"))) for text in TEXTS}
for text, count in seen.items():
    print(f"{text!r}: {count} found")
raise SystemExit(seen != TEXTS)
PYTHON
