#!/bin/sh
# The search of the package barangay finds a town's neighbour where only town and province are typed.
#
# Expected  barangay 2026.1.13.0 answers search("Lucban, Quezon") with places in Lucban, which is a town of Quezon, first.
# Seen      the first answers are barangays that sound like it in other towns (Lusacan in Tiaong): barangay and province are
#           compared as one text, so a likely spelling beats the exact name of the town.
# QuickSell reads places with its own reader, from the end: province, then town, then barangay (bot/language/).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install barangay==2026.1.13.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import barangay

towns = [place["municipality_or_city"] for place in barangay.search("Lucban, Quezon")[:3]]
print(f"'Lucban, Quezon': {towns}")
raise SystemExit("Lucban" in towns)
PYTHON
