"""Whether messages find the reply whose phrases they are like, in live chats of a shop and in written requests."""

import csv
import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import ascii_lowercase
from time import process_time
from zlib import crc32

from bot.base import sentences
from bot.language.phrases.answered import Asked, answer
from bot.language.phrases.matcher import Match, Matcher
from bot.language.phrases.sentences import Sentences
from bot.language.phrases.taught import Taught
from bot.workshop.bench.understanding.others import Guess, linear, linear_refusing, nearest
from bot.workshop.bench.understanding.row import Row, share

_NONE = "NO_NODES_DETECTED"
_REFUSED = 0.75
_PHRASES = 5_000
_ASKED = 1_000

Said = tuple[str, str]
"""A text with what it is about."""
Compared = list[tuple[str, list[Guess]]]
"""Whoever guesses too, by name, with what they guess."""


def measure(shared: Path) -> list[Row]:
    """How many texts find their reply, how many of those that are for none are refused, and how long one takes.

    Args:
        shared: The folder whose `data/intents` is read; nothing is measured where it is not there.
    """
    folder = shared / "data" / "intents"
    if not folder.is_dir():
        return []
    train, test = _read(folder / "hint3_curekart_train.csv.gz"), _read(folder / "hint3_curekart_test.csv.gz")
    requests = _read(folder / "bitext_dev.csv.gz")
    many = [said for said in _read(folder / "clinc150_train.csv.gz") if said[1] != "oos"]
    asked = [text for text, _ in _read(folder / "clinc150_val.csv.gz")][:_ASKED]
    return [*_live(train, test), _written(requests), _speed(_mixed(many)[:_PHRASES], asked)]


def _live(train: Sequence[Said], test: Sequence[Said]) -> list[Row]:
    matcher, names = _taught(train)
    texts = [text for text, _ in test]
    guessed = [_likeliest(matcher, names, text) for text in texts]
    misses = [
        f"{text!r} is taken for {found}, not {about}"
        for (text, about), (found, _) in zip(test, guessed, strict=True)
        if about not in (_NONE, found)
    ]
    answered = [_answered(matcher, names, text) for text in texts]
    inside, kept = _shares(test, guessed)
    model, near = linear(train, texts), nearest(train, texts)
    refusing = linear_refusing(train, texts, none=_NONE)
    others: Compared = [("linear model", model)] if model else []
    compared = [(name, _shares(test, guesses)) for name, guesses in (*others, ("rapidfuzz", near))]
    return [
        Row(
            what="live shop chats in scope (CureKart)",
            ours=inside,
            others=", ".join(f"{name} {shares[0]:.3f}" for name, shares in compared),
            misses=misses,
        ),
        Row(
            what="live shop chats, 75 % refused out of scope",
            ours=kept,
            others=", ".join(f"{name} {shares[1]:.3f}" for name, shares in compared),
        ),
        Row(
            what="live shop chats, all, as the shop answers",
            ours=_right(answered, test),
            others=f"linear model {_right(refusing, test):.3f}" if refusing else "",
            aim="the model of the same run + .01",
        ),
        *_by_sentences(train, test, matcher, names, others),
    ]


def _by_sentences(
    train: Sequence[Said], test: Sequence[Said], matcher: Matcher, names: dict[int, str], others: Compared
) -> list[Row]:
    """The same where vectors of sentences say half of it; nothing where the extra is not installed."""
    if not sentences.is_installed():
        return [Row(what="live shop chats, with sentence vectors", ours=f"not measured: {sentences.INSTALL}")]
    sentences.begin(is_wanted=True)
    try:
        begun = process_time()
        vectors = [vector for text, _ in (*train, *test) if (vector := sentences.vector(text)) is not None]
        each = (process_time() - begun) * 1000 / len(vectors)
    finally:
        sentences.begin(is_wanted=False)
    numbers = {about: number for number, about in names.items()}
    phrases = Sentences([(numbers[about], text) for text, about in train], vectors[: len(train)])
    guessed: list[tuple[str, float]] = []
    answered: list[str] = []
    for (text, _), vector in zip(test, vectors[len(train) :], strict=True):
        weighed = matcher.weighed(text, language="en", minute=0, alike=phrases.alike(vector))
        best = max(weighed, key=lambda one: one.score, default=None)
        guessed.append((names[best.reply.id], best.score) if best else (_NONE, 0.0))
        found = _answered(matcher, names, text)
        says_it = names[weighed[0].reply.id] if weighed and weighed[0].says_it else _NONE
        answered.append(says_it if found == _NONE else found)
    inside, kept = _shares(test, guessed)
    compared = [(name, _shares(test, guesses)) for name, guesses in others]
    aim = "the model of the same run + .02"
    return [
        Row(
            what="live shop chats in scope (CureKart), with sentence vectors",
            ours=inside,
            others=", ".join(f"{name} {shares[0]:.3f}" for name, shares in compared),
            aim=aim,
        ),
        Row(
            what="live shop chats, 75 % refused out of scope, with sentence vectors",
            ours=kept,
            others=", ".join(f"{name} {shares[1]:.3f}" for name, shares in compared),
            aim=aim,
        ),
        Row(what="live shop chats, all, as the shop answers, with sentence vectors", ours=_right(answered, test)),
        Row(what="one sentence's vector, in a thread, where nothing else is sure", ours=f"{each:.0f} ms of processor"),
    ]


def _right(answered: Sequence[str], test: Sequence[Said]) -> float:
    return share(sum(found == about for found, (_, about) in zip(answered, test, strict=True)), len(test))


def _shares(test: Sequence[Said], guessed: Sequence[tuple[str, float]]) -> tuple[float, float]:
    """How many of what is in scope are right; and of those, how many are as sure as refuses 75 % of what is not."""
    scored = [(about, found, score) for (_, about), (found, score) in zip(test, guessed, strict=True)]
    inside = [one for one in scored if one[0] != _NONE]
    refused = sorted(score for about, _, score in scored if about == _NONE)
    least = refused[int(len(refused) * _REFUSED)]
    right = [score for about, found, score in inside if found == about]
    return share(len(right), len(inside)), share(sum(score >= least for score in right), len(inside))


def _written(requests: Sequence[Said]) -> Row:
    """Half of the requests are learned; those that differ in a number only are on the same side."""
    halves: tuple[list[Said], list[Said]] = ([], [])
    for text, about in requests:
        halves[crc32("".join(filter(str.isalpha, text)).encode()) & 1].append((text, about))
    matcher, names = _taught(halves[0])
    right = [_likeliest(matcher, names, text)[0] == about for text, about in halves[1]]
    slipped = [_likeliest(matcher, names, _slip(text))[0] == about for text, about in halves[1]]
    others = _of_linear(halves[0], halves[1])
    return Row(
        what="Bitext, half held back / with typos",
        ours=f"{share(sum(right), len(right)):.3f}/{share(sum(slipped), len(slipped)):.3f}".replace("0.", "."),
        others=others,
        misses=[text for (text, _), is_right in zip(halves[1], right, strict=True) if not is_right],
    )


def _of_linear(train: Sequence[Said], test: Sequence[Said]) -> str:
    shares = []
    for asked in ([text for text, _ in test], [_slip(text) for text, _ in test]):
        guesses = linear(train, asked)
        if guesses is None:
            return ""
        right = sum(found == about for (found, _), (_, about) in zip(guesses, test, strict=True))
        shares.append(f"{share(right, len(test)):.3f}".removeprefix("0"))
    return "linear model " + "/".join(shares)


def _speed(phrases: Sequence[Said], asked: Iterable[str]) -> Row:
    begun = process_time()
    matcher, _ = _taught(phrases)
    learned = process_time() - begun
    times = []
    for text in asked:
        begun = process_time()
        _found(matcher, text)
        times.append((process_time() - begun) * 1000)
    times.sort()
    return Row(
        what="one text against 5,000 phrases",
        ours=f"p99 {times[len(times) * 99 // 100]:.1f} ms, held {times[-1]:.1f} ms, learned in {learned:.1f} s",
    )


def _taught(said: Iterable[Said]) -> tuple[Matcher, dict[int, str]]:
    """A matcher of every intent as one reply, and the intents by the numbers of their replies."""
    phrases: dict[str, list[str]] = {}
    for text, about in said:
        phrases.setdefault(about, []).append(text)
    names = dict(enumerate(phrases, 1))
    return Matcher([Taught(id=number, phrases=tuple(phrases[name])) for number, name in names.items()]), names


def _likeliest(matcher: Matcher, names: dict[int, str], text: str) -> tuple[str, float]:
    likely = matcher.likely(text, language="en", minute=0)
    return (names[likely[0].id], likely[0].score) if likely else (_NONE, 0.0)


def _answered(matcher: Matcher, names: dict[int, str], text: str) -> str:
    found = _found(matcher, text)
    return names[found.reply.id] if found else _NONE


def _found(matcher: Matcher, text: str) -> Match | None:
    return answer(matcher, Asked(text, "en", 0))


def _slip(text: str) -> str:
    """The text with one letter of its longest word left out, doubled, swapped or another, always the same."""
    words = text.split()
    chance = crc32(text.encode())
    place = max(range(len(words)), key=lambda at: (len(words[at]), at))
    word = words[place]
    at = 1 + chance % max(1, len(word) - 2)
    letter = ascii_lowercase[chance // 7 % 26]
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 1] + word[at:],
        word[: at - 1] + word[at - 1 : at + 1][::-1] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
    )
    return " ".join((*words[:place], slips[chance // 191 % 4], *words[place + 1 :]))


def _mixed(said: Sequence[Said]) -> list[Said]:
    return sorted(said, key=lambda one: crc32(one[0].encode()))


def _read(path: Path) -> list[Said]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [(row["text"], row["intent"]) for row in csv.DictReader(file)]
