"""A program that has everything imported and read, and gives birth to servers and workers in a few milliseconds.

Reads a line of JSON for each: its command line and environment, and where it dies. Says `born` and `ended` with their
numbers. Ends with its input, and all its children with it.
"""

import gc
import json
import os
import select
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.broken.points import Points, step_through


def live(life: "dict[str, object]") -> None:
    """Be the server or worker that was asked for, to the end."""
    os.environ.update(dict(life["environment"]))  # type: ignore[call-overload]
    os.setpgid(0, 0)
    if life["folder"]:
        _die_at_points(Points(Path(str(life["folder"])), int(str(life["share"]))))
    from bot.cli import main

    _follow_the_clock(Path(str(life["clock"])))
    sys.argv = ["quicksell", *list(life["command"])]  # type: ignore[call-overload]
    main()


def _follow_the_clock(told: Path) -> None:
    """Let it be as many seconds later than it is, or earlier, as a file says whenever a signal says that it does."""
    from bot.base import clock

    def jump(*_: object) -> None:
        clock.move(datetime.now(UTC) + timedelta(seconds=float(told.read_text())))

    signal.signal(signal.SIGUSR2, jump)
    if told.exists():
        jump()


def _die_at_points(points: Points) -> None:
    import uvloop

    make = uvloop.new_event_loop

    def stepped() -> uvloop.Loop:
        loop = make()
        step_through(loop, points)
        return loop

    uvloop.new_event_loop = stepped


def _import_all() -> None:
    import uvloop  # noqa: F401

    import bot.cli
    import bot.commands.serve
    import bot.run.app
    import bot.run.door
    import bot.run.measuring
    import bot.run.parts
    import bot.run.starting  # noqa: F401
    from tests.support.programs.warm import warm

    warm()
    gc.collect()
    gc.freeze()  # what children look through for garbage is theirs alone


def main() -> None:
    """Give birth to whoever is asked for until the input ends."""
    _import_all()
    children: set[int] = set()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    lines = b""
    say("ready")
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 1000)
        while children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            children.discard(pid)
            say("ended", pid, os.waitstatus_to_exitcode(status))
        if 0 not in ready:
            continue
        read = os.read(0, 1 << 16)
        if not read:
            break
        *whole, lines = (lines + read).split(b"\n")
        for line in whole:
            pid = os.fork()
            if not pid:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                os.close(woken)
                os.close(wake)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(2, 1)
                live(json.loads(line))
                os._exit(0)
            children.add(pid)
            say("born", pid)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def say(*words: object) -> None:
    """Tell whoever started this; where they are gone, the end of the input tells so next."""
    with suppress(BrokenPipeError):
        os.write(1, (" ".join(map(str, words)) + "\n").encode())


if __name__ == "__main__":
    main()
