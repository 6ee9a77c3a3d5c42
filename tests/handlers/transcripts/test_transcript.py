"""The form of transcripts: read, written, refused with a line, and accepted without losing what a person wrote."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.workshop.emulator.faults import KINDS
from bot.workshop.replay.likeness import verdict
from bot.workshop.replay.whose import numbers_of
from handlers.transcripts import passing
from handlers.transcripts.acts import Act, act, typed
from handlers.transcripts.form import FAULTS, TranscriptError
from handlers.transcripts.placeholders import Bindings
from handlers.transcripts.reading import parse, read
from handlers.transcripts.writing import accepted, written

TWO = """version: 2
title: Two at once
shopper: Ana Cruz

# Ana asks first.
> mug
  and a plate
< Here it is
  [Add to cart]

! twice
Ben Santos > \\[mug]
< (nothing)
# the end
"""


def test_it_is_read_and_written_again() -> None:
    transcript = parse(TWO)
    assert [(each.who, each.did, each.faults) for each in transcript.exchanges] == [
        ("", "mug\nand a plate", []),
        ("Ben Santos", "\\[mug]", [("twice", 1)]),
    ]
    assert written(transcript) == TWO.replace("version: 2", "version: 3").removesuffix("# the end\n") + "\n(end)\n"


def test_accepting_keeps_what_a_person_wrote() -> None:
    transcript = parse(TWO)
    text = accepted(TWO, transcript, [[["Here they are", "[Add]"], ["Two plates"]], None])
    assert text == TWO.replace("< Here it is\n  [Add to cart]", "< Here they are\n  [Add]\n< Two plates")


def test_a_script_without_answers_gets_them_where_they_belong() -> None:
    script = "> hi\n# a question\n> mug\n"
    text = accepted(script, parse(script), [[["Hello"]], [["A mug"]]])
    assert text == "> hi\n< Hello\n# a question\n> mug\n< A mug\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("version: 99\n> hi\n", 1, "use a newer"),
        ("mood: good\n> hi\n", 1, "no header 'mood'"),
        ("shop: other\n> hi\n", 1, "no shop 'other'"),
        ("shop: demo, wages=3\n> hi\n", 1, "is no rule"),
        ("clock: soon\n> hi\n", 1, "a time in the shop"),
        ("chance: -1\n> hi\n", 1, "whole number"),
        ("version: 3\ntitle: a\n\n> hi\n< Hello\n", 5, "was cut off"),
        ("version: 3\n> hi\n(end)\n> more\n", 4, "stands below"),
        ("> hi\n@ later\n", 2, "how time passes"),
        ("> hi\n= mood: good\n", 2, "what is known"),
        ("> hi\n= stock: 4\n", 2, "what is known"),
        ("> hi\n= queue letters: 4\n", 2, "no queue"),
        ("= orders: 1\n", 1, "Before the database"),
        ("> hi\nsaid the bot\n", 2, "begins with"),
        ("> hi\n# x\n  goes on\n", 3, "goes on with nothing"),
        ("> hi\n! nonsense\n", 2, "stands a fault"),
        ("> hi\n! twice\n", 2, "cut off"),
        ("title: only\n", 1, "Nobody says"),
        ("< hi\n", 1, "Before the bot answers"),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(TranscriptError, match=says) as refused:
        parse(text)
    assert refused.value.line == line


def test_a_mark_of_byte_order_is_read_over_and_bytes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.transcript"
    file.write_bytes(b"\xef\xbb\xbftitle: a\n> hi\n")
    assert read(file).title == "a"
    for content in (b"> hi\n< \xff\n", b"\x7fELF\0\0"):
        file.write_bytes(content)
        with pytest.raises(TranscriptError):
            read(file)


WHOLE = """version: 3
title: Time and facts
shopper: Ana Cruz
shop: demo, verification_orders=3, payment_methods=cod|gcash
clock: 2026-12-31 23:40
chance: 7

! swapped x2
! graph 613
> \\(like)
  \\
  and more
< Hi
= orders: 1
= order {order 1}: confirmed, ₱120.00, cod pending
= left to: bot

@ +1d 2h
< (nothing)
= queue notices: order_cancelled × 1

clerk > ship {order 1}

(end)
"""


def test_all_that_a_transcript_can_say_is_read_and_written_again() -> None:
    transcript = parse(WHOLE)
    assert (transcript.shop, transcript.clock, transcript.chance) == ("demo", "2026-12-31 23:40", 7)
    assert transcript.rules == {"verification_orders": "3", "payment_methods": "cod|gcash"}
    first, second, third = transcript.exchanges
    assert first.faults == [("swapped", 2), ("graph 613", 1)]
    assert act(first.did) == Act("text", "(like)\n\nand more")
    assert [(fact.name, fact.of, fact.value) for fact in first.facts][1] == (
        *("order", "{order 1}"),
        "confirmed, ₱120.00, cod pending",
    )
    assert (second.passes, second.answers, third.who) == ("+1d 2h", [["(nothing)"]], "clerk")
    assert written(transcript) == WHOLE


def test_accepting_writes_facts_where_they_stand() -> None:
    text = "> hi\n< Hello\n# mine\n= orders:\n= cart: 2\n"
    assert accepted(text, parse(text), [[["Hi"]]], [["1", "2"]]) == "> hi\n< Hi\n# mine\n= orders: 1\n= cart: 2\n"


@pytest.mark.parametrize(
    ("said", "comes"),
    [
        ("+90s", "2026-01-31 22:01:30"),
        ("+1w 2d", "2026-02-09 22:00:00"),
        ("21:00", "2026-02-01 21:00:00"),
        ("midnight", "2026-02-01 00:00:00"),
        ("Month’s end", "2026-02-01 00:00:00"),
        ("2026-03-01 08:30", "2026-03-01 08:30:00"),
    ],
)
def test_time_passes_to_a_moment(said: str, comes: str) -> None:
    now = datetime(2026, 1, 31, 22, 0, tzinfo=timezone(timedelta(hours=8)))
    assert passing.moment(said, now).strftime("%Y-%m-%d %H:%M:%S") == comes
    with pytest.raises(ValueError, match="only moves on"):
        passing.moment("2025-03-01", now)


@pytest.mark.parametrize("text", ["(picture)", "[mug]", "\\x", "(react ❤)", "(pictures 2)", "[menu: a]"])
def test_what_is_typed_is_never_taken_for_something_else(text: str) -> None:
    assert act(typed(text)) == Act("text", text)


def test_every_fault_is_one_of_the_emulators() -> None:
    assert set(FAULTS.values()) | {"error"} == set(KINDS)


@pytest.mark.parametrize(
    ("expected", "heard", "comes"),
    [
        (["5 Mayon St"], ["5 Mayon St"], "same"),
        (["5 Mayon St"], ["9 Mayor St"], "behaviour"),
        (["Thank you, Ana! [x]"], ["Thanks, Ana! [x]"], "wording"),
        (["Total ₱100.00"], ["In all ₱100.00"], "wording"),
        (["Total ₱100.00"], ["Total ₱100.50"], "behaviour"),
        (["[Yes] [No]"], ["[Yes]"], "behaviour"),
        (["[Yes] [No]"], ["[Sure] [No]"], "wording"),
        (["{order 1} or {order 1}"], ["ORD-20261129-AAAA or ORD-20261129-AAAA"], "same"),
        (["{order 1} or {order 1}"], ["ORD-20261129-AAAA or ORD-20261129-BBBB"], "behaviour"),
        (["ORD-… on (date) at {time}"], ["ORD-20261129-AAAA on 29 Nov 2026 at 5:30 PM"], "same"),
        (["on {date}"], ["on 5 Mayon"], "behaviour"),
    ],
)
def test_meaning_is_told_from_words(expected: list[str], heard: list[str], comes: str) -> None:
    assert verdict(Bindings(), [expected], [heard]) == comes


def test_what_is_bound_at_first_sight_is_compared_ever_after() -> None:
    bindings = Bindings()
    assert verdict(bindings, [["{order 1} is in"]], [["ORD-20261129-AAAA is in"]]) == "same"
    assert verdict(bindings, [["{order 1} ships"]], [["ORD-20261129-AAAA ships"]]) == "same"
    assert verdict(bindings, [["{order 1} ships"]], [["ORD-20261129-BBBB ships"]]) == "behaviour"


def test_a_number_that_is_no_fact_is_a_word() -> None:
    facts = numbers_of({"left": 5, "price": "120.00"})
    before, after = [["Only 5 left, for 24 hours, at ₱120.00"]], [["5 left at ₱120.00"]]
    assert verdict(Bindings(), before, after, facts) == "behaviour"  # what was 24 is not known
    assert verdict(Bindings(), after, before, facts) == "wording"
    assert verdict(Bindings(), [["4 left at ₱120.00"]], after, facts) == "behaviour"
