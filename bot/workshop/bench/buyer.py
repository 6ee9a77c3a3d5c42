"""One of the processes of `bench reserve`: a connection that sends one basket after the other."""

import os
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from bot.base import clock
from bot.workshop.bench.line import Line
from bot.workshop.database.accounts import Account


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where to connect."""

    socket: str
    user: str
    password: str
    database: str
    session: list[str]
    """Statements that a session begins with."""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What to send, each statement one round trip."""

    first: list[str]
    """What is not measured."""

    baskets: list[list[str]]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a round came to, on the clock that all processes of a machine share."""

    began: float
    ended: float
    cpu: float
    """Seconds of this process's own processor time."""

    errors: dict[int, int]
    """How many statements failed, by the server's error number."""


def main() -> None:
    """Read a place from standard input, then rounds: say when ready, go when told, report."""
    place = msgspec.json.decode(sys.stdin.buffer.readline(), type=Place)
    line = Line(Path(place.socket), Account(user=place.user, password=place.password), place.database)
    for statement in place.session:
        line.run(statement.encode())
    rounds = msgspec.json.Decoder(Round)
    for text in iter(sys.stdin.buffer.readline, b""):
        task = rounds.decode(text)
        baskets = [[statement.encode() for statement in basket] for basket in task.baskets]
        for statement in task.first:
            line.run(statement.encode())
        _say(b"ready")
        sys.stdin.buffer.readline()
        _say(msgspec.json.encode(_go(line, baskets)))
    line.close()


def _go(line: Line, baskets: list[list[bytes]]) -> Report:
    errors: Counter[int] = Counter()
    began, cpu = clock.monotonic(), time.process_time()
    for basket in baskets:
        for statement in basket:
            number = line.run(statement)
            if number:
                errors[number] += 1
    return Report(began=began, ended=clock.monotonic(), cpu=time.process_time() - cpu, errors=dict(errors))


def _say(what: bytes) -> None:
    os.write(sys.stdout.fileno(), what + b"\n")


if __name__ == "__main__":
    main()
