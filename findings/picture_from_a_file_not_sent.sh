#!/bin/sh
# pymessenger cannot send a picture, a sound, a video or a file from the disk.
#
# Expected  Bot(token).send_image(psid, path) of pymessenger 0.0.7.0, as its README shows it, uploads the file.
# Seen      an error before anything is sent: the four methods that take a path read `self.base_url`, which `Bot` has not had
#           since the address moved elsewhere, and three of them a name that is not theirs. The four that take a URL work.
# QuickSell uploads through Graph itself and takes only shapes from pymessenger (bot/messenger/).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install "setuptools<81" wheel
"$folder/venv/bin/pip" -q --disable-pip-version-check install pymessenger==0.0.7.0 Pillow==13.0.0
"$folder/venv/bin/python" - "$folder/mug.png" <<'PYTHON'
import sys

from PIL import Image
from pymessenger.bot import Bot

Image.new("RGB", (40, 40), "white").save(sys.argv[1])
bot = Bot("a token that is never sent")
failed = []
for name in ("send_image", "send_audio", "send_video", "send_file"):
    try:
        getattr(bot, name)("1", sys.argv[1])
    except (AttributeError, NameError) as error:
        failed.append(name)
        print(f"{name}: {error}")
raise SystemExit(len(failed) != 4)
PYTHON
