"""The outcome of a replay: for people at the console and in a browser, and as JUnit XML for whoever runs it."""

import difflib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

import msgspec

from bot.workshop.replay.coverage import Taken
from bot.workshop.replay.player import Played
from bot.workshop.replay.shown import shown

Outcome = Literal["same", "wording", "behaviour", "broken", "accepted"]


class Case(msgspec.Struct, frozen=True):
    """One transcript that was to be played.

    Attributes:
        path: The file.
        seconds: How long it took.
        title: What it is called.
        played: What came of each exchange.
        problem: Why it could not be played, or what always holds and did not after it; empty where all is well.
        accepted: Whether the file now holds today's answers.
        taken: Which rows and replies it came by, where that was asked.
    """

    path: Path
    seconds: float
    title: str = ""
    played: list[Played] = []
    problem: str = ""
    accepted: bool = False
    taken: Taken | None = None

    @property
    def outcome(self) -> Outcome:
        """What is to be said of it, the worst first."""
        if self.accepted:
            return "accepted"
        if self.problem or any(each.broken for each in self.played):
            return "broken"
        verdicts = {each.verdict for each in self.played}
        return "behaviour" if "behaviour" in verdicts else "wording" if "wording" in verdicts else "same"

    @property
    def is_whole(self) -> bool:
        """Whether it was played to its end, and nothing that always holds was broken."""
        return not self.problem and not any(each.broken or each.heard is None for each in self.played)

    @property
    def words(self) -> str:
        """The differences for people, empty where there are none."""
        return "\n".join(part for part in (shown(self.played), self.problem) if part)


LABELS = {"same": "same", "accepted": "accepted", "wording": "WORDS", "behaviour": "DIFFERENT", "broken": "BROKEN"}


def junit(cases: Sequence[Case]) -> str:
    """The cases as JUnit XML."""
    failed = [case for case in cases if case.outcome not in ("same", "accepted")]
    seconds = sum(case.seconds for case in cases)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="replay" tests="{len(cases)}" failures="{len(failed)}" time="{seconds:.3f}">',
    ]
    messages = {"wording": "says the same in other words", "behaviour": "answered differently", "broken": "broken"}
    for case in cases:
        attributes = f'classname="replay" name={quoteattr(case.path.as_posix())} time="{case.seconds:.3f}"'
        if message := messages.get(case.outcome):
            lines += [
                f"  <testcase {attributes}>",
                f'    <failure message="{message}" type="{case.outcome}">{xml(_printable(case.words))}</failure>',
                "  </testcase>",
            ]
        else:
            lines.append(f"  <testcase {attributes}/>")
    return "\n".join([*lines, "</testsuite>", ""])


def _printable(text: str) -> str:
    """A text without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:1100px;padding:16px;background:#fff;color:#1c1e21}
h1{font-size:22px}h2{font-size:17px;margin:28px 0 4px}details{border-top:1px solid #ccd0d5;padding:6px 0}
summary{cursor:pointer;padding:4px 0}.label{font-weight:600;padding:1px 8px;border-radius:9px;background:#e4e6eb}
.wording .label{background:#ffe9a8}.behaviour .label,.broken .label{background:#ffc9c9}
.turn{display:grid;grid-template-columns:1fr 1fr;gap:2px 24px;padding:8px 0}.turn.wording{background:#fffaf0}
.turn.behaviour,.turn.broken{background:#fff5f5}.did{grid-column:1/3;text-align:right}
.did span{display:inline-block;background:#0a5cd8;color:#fff;border-radius:16px;padding:6px 12px;white-space:pre-wrap}
.bubble{background:#eceef1;border-radius:16px;padding:6px 12px;margin:3px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.why{grid-column:1/3;color:#a10000;white-space:pre-wrap}.side{font-size:13px;color:#54585f}
mark{background:#ffd54d;border-radius:3px}
.facts{grid-column:1/3;width:100%;font-size:13px;border-collapse:collapse}.facts th{text-align:left;font-weight:400}
.facts td,.facts th{padding:2px 8px 2px 0;border-top:1px solid #ccd0d5;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{background:#18191a;color:#e4e6eb}.bubble{background:#303134}
.label{background:#3a3b3c}.wording .label,.behaviour .label,.broken .label,mark{color:#000}.why{color:#ff9b9b}
.turn.wording{background:#2c2818}.turn.behaviour,.turn.broken{background:#331f1f}.side{color:#b0b3b8}}
@media (max-width:600px){.turn{grid-template-columns:1fr}.did,.why,.facts{grid-column:1}}
"""


def page(cases: Sequence[Case]) -> str:
    """The cases as one page that needs nothing else: what was expected and what was heard side by side."""
    counts = {label: sum(case.outcome == name for case in cases) for name, label in LABELS.items()}
    summary = ", ".join(f"{count} {label.lower()}" for label, count in counts.items() if count)
    worst = sorted(cases, key=lambda case: case.outcome in ("same", "accepted"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Replay</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>Replay: {len(cases)} conversations</h1><p>{escape(summary)}</p>"
        + "".join(map(_case, worst))
        + "</body></html>\n"
    )


def _case(case: Case) -> str:
    is_open = "" if case.outcome in ("same", "accepted") else " open"
    why = f'<p class="why">{escape(case.problem)}</p>' if case.problem else ""
    return (
        f'<details class="{case.outcome}"{is_open}><summary><span class="label">{LABELS[case.outcome]}</span> '
        f"{escape(case.title or case.path.name)} <span class='side'>{escape(case.path.as_posix())}</span></summary>"
        f"{why}{''.join(map(_turn, case.played))}</details>"
    )


def _turn(each: Played) -> str:
    kind = "broken" if each.broken else each.verdict
    expected = ["\n".join(message) for message in each.expected]
    heard = ["\n".join(message) for message in each.heard or ()]
    left, right = [], []
    for number in range(max(len(expected), len(heard))):
        before = expected[number] if number < len(expected) else ""
        after = heard[number] if number < len(heard) else ""
        is_marked = each.verdict != "same" and each.heard is not None
        marked = _marked(before, after) if is_marked else (escape(before), escape(after))
        left += [f'<div class="bubble">{marked[0]}</div>'] if before else []
        right += [f'<div class="bubble">{marked[1]}</div>'] if after else []
    who = f"{escape(each.who)}: " if each.who else ""
    why = "".join(f'<div class="why">{escape(words)}</div>' for words in each.broken)
    heads = '<div class="side">expected</div><div class="side">heard</div>' if kind != "same" else ""
    return (
        f'<div class="turn {kind}"><div class="did"><span>{who}{escape(each.did)}</span></div>{why}{heads}'
        f"<div>{''.join(left)}</div><div>{''.join(right)}</div>{_facts(each)}</div>"
    )


def _facts(each: Played) -> str:
    """What the database was asked and holds something else than expected, both sides."""
    rows = "".join(
        f"<tr><td>{escape(fact.asked)}</td><td><mark>{escape(fact.expected or 'not known yet')}</mark></td>"
        f"<td><mark>{escape(fact.today)}</mark></td></tr>"
        for fact in each.known
        if not fact.is_same
    )
    return f'<table class="facts"><tr><th>database<th>expected<th>today</tr>{rows}</table>' if rows else ""


def _marked(before: str, after: str) -> tuple[str, str]:
    """Two texts as HTML, the words that only one of them has marked."""
    sides: tuple[list[str], list[str]] = ([], [])
    old, new = before.split(" "), after.split(" ")
    for kind, *spans in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in ((sides[0], old[spans[0] : spans[1]]), (sides[1], new[spans[2] : spans[3]])):
            if words:
                text = escape(" ".join(words))
                side.append(text if kind == "equal" else f"<mark>{text}</mark>")
    return " ".join(sides[0]), " ".join(sides[1])
