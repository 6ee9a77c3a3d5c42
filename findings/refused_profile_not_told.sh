#!/bin/sh
# fbmq says the same of a profile that Facebook refused as of one that it took: nothing.
#
# Expected  page.greeting(...) or page.show_persistent_menu(...) of fbmq 2.5.0 raises, or returns something else, where Graph refuses.
# Seen      both return None; the refusal is only printed, for instance the limit of ten changes in ten minutes (error 613), so a
#           program goes on with a menu that nobody sees.
# QuickSell reads code and subcode of every answer, and compares the profile with what Facebook has afterwards.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install fbmq==2.5.0 responses==0.25.8
"$folder/venv/bin/python" - <<'PYTHON'
import re

import responses
from fbmq import Page

page = Page("a token that is never sent")
said = {}
for name, status, body in (
    ("taken", 200, {"result": "success"}),
    ("refused", 400, {"error": {"code": 613, "message": "Calls to this api have exceeded the rate limit."}}),
):
    with responses.RequestsMock() as graph:
        graph.post(re.compile(r"https://graph\.facebook\.com/.*/messenger_profile"), json=body, status=status)
        said[name] = page.greeting("Hello")
        print(f"{name}: {said[name]!r}")
raise SystemExit(said["taken"] is not said["refused"])
PYTHON
