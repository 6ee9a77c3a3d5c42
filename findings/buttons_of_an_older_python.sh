#!/bin/sh
# fbmessenger makes no template with buttons on a Python of today, and no installation of it can be imported by itself.
#
# Expected  `pip install fbmessenger==6.0.0`, import it, and make a ButtonTemplate or an Element with a button.
# Seen      the import fails for `six`, which it uses and does not declare; with `six` beside it, quick replies and texts work,
#           but every list of buttons raises: it asks for `collections.Iterable`, gone since Python 3.10.
# QuickSell installs `six` beside it where the emulator is tried with libraries of others, and tries no buttons there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install fbmessenger==6.0.0
"$folder/venv/bin/python" -c 'import fbmessenger' 2>&1 | tail -1 | tee "$folder/first"
"$folder/venv/bin/pip" -q --disable-pip-version-check install six==1.17.0
"$folder/venv/bin/python" - <<'PYTHON'
from fbmessenger import elements, quick_replies, templates

offer = quick_replies.QuickReplies([quick_replies.QuickReply(title="Yes", payload="Y")])
print(elements.Text("Which one?", quick_replies=offer).to_dict())
button = elements.Button(button_type="postback", title="This", payload="P")
try:
    templates.ButtonTemplate(text="Which one?", buttons=[button])
except AttributeError as error:
    print(f"ButtonTemplate: {error}")
else:
    raise SystemExit(1)
PYTHON
grep -q "No module named 'six'" "$folder/first"
