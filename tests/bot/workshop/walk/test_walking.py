"""The walk: the same seed goes the same way, what breaks is made as short as it can be, and nothing of ours breaks."""

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.workshop.walk.covering import ordered
from bot.workshop.walk.walking import Found, save, shrunk
from handlers.transcripts.form import Exchange, Transcript
from handlers.transcripts.reading import parse

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = ROOT / "tests" / "transcripts"


def exchanges(*did: str) -> list[Exchange]:
    return [Exchange(0, each, [], []) for each in did]


@pytest.mark.parametrize("seed", range(10))
async def test_what_breaks_is_made_as_short_as_it_can_be(seed: int) -> None:
    needed = ["add", "empty", "undo"]
    lot = random.Random(seed)
    acts = [f"step {number}" for number in range(30)]
    for place, each in zip(sorted(lot.sample(range(30), 3)), needed, strict=True):
        acts[place] = each

    async def play(done: Sequence[Exchange]) -> tuple[str, list[Exchange]]:
        left = list(needed)
        for each in done:
            if left and each.did == left[0]:
                left.pop(0)
        return ("" if left else f"order {seed} broke"), list(done)

    fewest = await shrunk(exchanges(*acts), "order 99 broke", play)
    assert [each.did for each in fewest] == needed


def test_what_is_found_becomes_a_transcript(tmp_path: Path) -> None:
    turns = exchanges("mug", "[Add to cart]")
    turns[0].answers = [["Here it is", "[Add to cart]"]]
    begins = Transcript("A walk", "Ana Cruz", "en_US", [], clock="2026-11-30 10:00", chance=7)
    file = save(Found(seed="7-3", why="The bot said nothing.", begins=begins, turns=turns, before=20), tmp_path)
    transcript = parse(file.read_text(encoding="utf-8"))
    assert transcript.exchanges[0].remarks == ["# Breaks: The bot said nothing."]
    assert [each.did for each in transcript.exchanges] == ["mug", "[Add to cart]"]
    assert (transcript.clock, transcript.chance) == ("2026-11-30 10:00", 7)


def test_nothing_breaks_whatever_shoppers_do(tmp_path: Path, is_long: bool) -> None:
    wanted = ("--walks", "400", "--seconds", "600") if is_long else ("--walks", "4", "--length", "15")
    command = [sys.executable, "-m", "bot", "walk", str(SHIPPED), "--to", str(tmp_path), *wanted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 kinds of failure" in done.stderr


def known(title: str, *did: str, answer: str = "Here it is") -> Transcript:
    turns = exchanges(*did)
    for each in turns:
        each.answers = [[answer]]
    return Transcript(title, "Ana Cruz", "en_US", turns)


def test_what_comes_by_most_that_is_new_is_begun_with_first() -> None:
    long = known("long", "mug", "[Add to cart]", "[Checkout]", "[Skip]")
    same = known("same", "mug", "[Add to cart]", "[Checkout]")
    other = known("other", "[Talk to a person]", "(picture)", answer="Somebody will answer")
    assert [each.title for each in ordered([same, other, long], "1")] == ["long", "other", "same"]
    assert ordered([same, other, long], "7") == ordered([same, other, long], "7")


def test_another_thing_is_nothing_new_and_another_sort_of_text_is() -> None:
    asked = "{}: you have 1. How many would you like?"
    tapped, other = (known(what, "cart", "[2]", answer=asked.format(what)) for what in ("Blue Mug", "Red Rice"))
    typed = known("typed", "cart", "7", answer=asked.format("Steel Kettle"))
    (first, *_), (second, *_) = (ordered([tapped, other, typed], seed)[1:] for seed in ("1", "2"))
    assert (first.title, second.title) == ("typed", "typed")


async def test_what_broke_at_the_end_of_a_long_walk_is_looked_for_there_first() -> None:
    tried: list[int] = []

    async def play(done: Sequence[Exchange]) -> tuple[str, list[Exchange]]:
        tried.append(len(done))
        return ("broke" if done[-1].did == "last" else ""), list(done)

    assert [each.did for each in await shrunk(exchanges(*"abcdefghij", "last"), "broke", play)] == ["last"]
    assert tried[0] == 1
    assert len(tried) < 5
