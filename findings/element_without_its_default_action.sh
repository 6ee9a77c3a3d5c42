#!/bin/sh
# An Element of pymessenger forgets the default_action that it is given by name.
#
# Expected  Element(title=..., default_action=...) of pymessenger 0.0.7.0 holds both, as the Send API's card does.
# Seen      default_action is dropped without a word, so a tap on the card's picture does nothing; the same given as one
#           dictionary is kept.
# QuickSell hands over one dictionary (bot/messenger/).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install "setuptools<81" wheel
"$folder/venv/bin/pip" -q --disable-pip-version-check install pymessenger==0.0.7.0
"$folder/venv/bin/python" - <<'PYTHON'
from pymessenger import Element

action = {"type": "web_url", "url": "https://shop.example/mug"}
by_name = dict(Element(title="Mug", default_action=action))
as_one = dict(Element({"title": "Mug", "default_action": action}))
print(f"by name: {by_name}\nas one: {as_one}")
raise SystemExit("default_action" in by_name or "default_action" not in as_one)
PYTHON
