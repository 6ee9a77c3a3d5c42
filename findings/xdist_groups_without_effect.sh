#!/bin/sh
# `--dist loadgroup` of pytest-xdist keeps no group together any more under the newest pytest.
#
# Expected  pytest-xdist 3.8.0 runs all tests with the same xdist_group mark on one worker, as its manual says.
# Seen      under pytest 9.2.0 they are spread over all workers, without a warning: xdist writes the group behind the name of
#           the test in an attribute that this pytest does not read any more when it tells the scheduler the names.
# QuickSell reads the marks from the files and tells the scheduler by itself (tests/support/workers/sharing.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install pytest==9.2.0 pytest-xdist==3.8.0
cat >"$folder/test_group.py" <<'PYTHON'
import pathlib
import time

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(12))
def test_one(number, worker_id):
    with pathlib.Path(__file__).with_name("workers").open("a") as file:
        file.write(worker_id + "\n")
    time.sleep(0.2)
PYTHON
cd "$folder"
venv/bin/python -m pytest -q -p no:cacheprovider -n 2 --dist loadgroup test_group.py
count=$(sort -u workers | wc -l)
echo "one group, workers: $count"
[ "$count" -eq 2 ]
