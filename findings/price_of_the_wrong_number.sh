#!/bin/sh
# price-parser takes the first number of a price and the currency of another.
#
# Expected  price-parser 0.5.1 reads "2 for ₱100" as ₱100 (or as no price), and "₱1.5k" as ₱1,500 (or as no price): sellers'
#           sheets are full of both.
# Seen      ₱2 and ₱1.50, each with the right sign beside the wrong amount, so that nothing looks wrong.
# QuickSell reads prices of sheets by its own rules and names the line where more stands there than one (repository/sheets/).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install price-parser==0.5.1
"$folder/venv/bin/python" - <<'PYTHON'
from price_parser import Price

READ = {"₱100 for 2": (100.0, "₱"), "2 for ₱100": (2.0, "₱"), "3 pcs ₱250.00": (3.0, "₱"), "₱1.5k": (1.5, "₱")}
seen = {text: (Price.fromstring(text).amount_float, Price.fromstring(text).currency) for text in READ}
for text, (amount, currency) in seen.items():
    print(f"{text!r}: {currency}{amount}")
raise SystemExit(seen != READ)
PYTHON
