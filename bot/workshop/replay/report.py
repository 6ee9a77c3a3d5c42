"""The outcome of a replay as JUnit XML, for whoever runs it."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import msgspec


class Case(msgspec.Struct, frozen=True):
    """One transcript that was played.

    Attributes:
        path: The file.
        seconds: How long it took.
        problem: What was different, empty where nothing was.
        accepted: Whether the file now holds today's answers.
    """

    path: Path
    seconds: float
    problem: str
    accepted: bool = False


def junit(cases: list[Case]) -> str:
    """The cases as JUnit XML."""
    failures = sum(bool(case.problem) and not case.accepted for case in cases)
    seconds = sum(case.seconds for case in cases)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="replay" tests="{len(cases)}" failures="{failures}" time="{seconds:.3f}">',
    ]
    for case in cases:
        attributes = f'classname="replay" name={quoteattr(case.path.as_posix())} time="{case.seconds:.3f}"'
        if case.problem and not case.accepted:
            lines += [
                f"  <testcase {attributes}>",
                f'    <failure message="answered differently">{escape(case.problem)}</failure>',
                "  </testcase>",
            ]
        else:
            lines.append(f"  <testcase {attributes}/>")
    return "\n".join([*lines, "</testsuite>", ""])
