"""Processes that work beside another end when it does, even where it is killed."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0
PARENT = """
import time
from bot.workshop.beside import beside, end_with_parent

def work(ready):
    end_with_parent()
    ready.set()
    time.sleep(600)

context = beside()
ready = [context.Event() for _ in range(3)]
for each in ready:
    process = context.Process(target=work, args=(each,))
    process.start()
    print(process.pid, flush=True)
for each in ready:
    each.wait()
print("all", flush=True)
time.sleep(600)
"""


def test_who_works_beside_another_ends_when_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent.stdout:
        said = [parent.stdout.readline().strip() for _ in range(4)]
    assert said[-1] == "all"
    ends = [os.pidfd_open(int(pid)) for pid in said[:3]]
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    for pid, end in zip(said, ends, strict=False):
        assert select.select([end], [], [], PATIENCE)[0], f"{pid} lives on"
        os.close(end)
