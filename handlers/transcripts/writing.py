"""A transcript as a text, and today's answers written into a file that people have written."""

from collections.abc import Sequence

from handlers.transcripts.form import BLANK, END, VERSION, Exchange, Transcript
from handlers.transcripts.reading import lines_in

Messages = Sequence[Sequence[str]]


def written(transcript: Transcript) -> str:
    """The transcript as a text that `parse` reads back.

    Args:
        transcript: Any.
    """
    lines = [f"version: {VERSION}", f"title: {transcript.title}", f"shopper: {transcript.shopper}"]
    if transcript.locale != "en_US":
        lines.append(f"locale: {transcript.locale}")
    rules = [f"{name}={value}" for name, value in transcript.rules.items()]
    if rules or transcript.shop != "demo":
        lines.append(f"shop: {', '.join([transcript.shop, *rules])}")
    if transcript.clock:
        lines.append(f"clock: {transcript.clock}")
    if transcript.chance is not None:
        lines.append(f"chance: {transcript.chance}")
    for exchange in transcript.exchanges:
        lines += ["", *exchange.remarks]
        lines += [f"! {name}{f' x{times}' if times > 1 else ''}" for name, times in exchange.faults]
        lines += _did(exchange)
        lines += answer_lines(exchange.answers)
        lines += [fact.written(fact.value) for fact in exchange.facts]
    return "\n".join([*lines, "", END]) + "\n"


def _did(exchange: Exchange) -> list[str]:
    if exchange.passes:
        return [f"@ {exchange.passes}"]
    first, *more = exchange.did.split("\n")
    return [f"{f'{exchange.who} ' if exchange.who else ''}> {first}", *(f"  {line or BLANK}" for line in more)]


def answer_lines(answers: Messages) -> list[str]:
    """The bot's messages as lines of a file.

    Args:
        answers: Each as its lines.
    """
    return [("< " if not number else "  ") + line for answer in answers for number, line in enumerate(answer)]


def accepted(
    text: str,
    transcript: Transcript,
    heard: Sequence[Messages | None],
    facts: Sequence[Sequence[str]] = (),
) -> str:
    """The text of a file with today's answers; whatever else a person wrote stays as it is.

    Args:
        text: The file as it stands.
        transcript: What `parse` read from it.
        heard: For each exchange what was heard, None where its answers stay.
        facts: For each exchange what its facts are today, in their order; missing where they stay.
    """
    lines: list[list[str]] = [[line] for line in lines_in(text.removesuffix("\n"))]
    for exchange, answers in zip(transcript.exchanges, heard, strict=False):
        if answers is None:
            continue
        for number in exchange.answered:
            lines[number - 1] = []
        at = exchange.answered[0] if exchange.answered else exchange.end
        old = lines[at - 1]
        lines[at - 1] = [*old, *answer_lines(answers)]
    for exchange, today in zip(transcript.exchanges, facts, strict=False):
        for fact, value in zip(exchange.facts, today, strict=False):
            lines[fact.line - 1] = [fact.written(value)]
    return "\n".join(line for several in lines for line in several) + "\n"
