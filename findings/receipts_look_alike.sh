#!/bin/sh
# Perceptual hashes cannot tell two receipts of one app apart, and lose one receipt on another screen.
#
# Expected  ImageHash 4.3.2 puts receipts of different payments further apart than one receipt seen on two phones.
# Seen      the other way round: another amount, reference and time change 0 to 2 bits of 64 (average_hash, dhash, phash), the
#           very same receipt on a taller screen up to 16. No threshold serves.
# QuickSell compares references and the file itself (SHA-256), and shows a person what is the same.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install ImageHash==4.3.2 Pillow==13.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import imagehash
from PIL import Image, ImageDraw, ImageFont


def receipt(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (720, 1280), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 220), fill=(0, 92, 230))
    draw.text((40, 80), "Sent via wallet", fill="white", font=ImageFont.load_default(size=48))
    for number, line in enumerate(lines):
        draw.text((60, 320 + number * 110), line, fill="black", font=ImageFont.load_default(size=34))
    return picture


mug = receipt("Amount", "PHP 1,250.00", "Ref No. 0033 807 526547", "Nov 27, 2026 9:14 AM")
fan = receipt("Amount", "PHP 8,790.00", "Ref No. 0041 962 118305", "Nov 28, 2026 4:52 PM")
taller = Image.new("RGB", (720, 1400), "white")
taller.paste(mug, (0, 120))
fooled = []
for kind in (imagehash.phash, imagehash.dhash, imagehash.average_hash):
    others, same = int(kind(mug) - kind(fan)), int(kind(mug) - kind(taller))
    print(f"{kind.__name__}: two payments {others} bits apart, one payment on two screens {same}")
    fooled.append(others <= same)
raise SystemExit(not all(fooled))
PYTHON
