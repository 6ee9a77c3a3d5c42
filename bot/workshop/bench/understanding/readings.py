"""Values read from what was typed: phones, addresses, quantities, prices, variants, yes and no."""

import csv
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import phonenumbers
from rapidfuzz import fuzz, process

from bot.language.addressing import parse
from bot.language.fold import fold
from bot.language.phones import phone_in
from bot.language.quantities import amount_in, number_in
from bot.language.spelling import singular
from bot.language.values.answers import yes_no_in
from bot.language.values.money import limits_in
from bot.language.values.variants import variant_in
from bot.workshop.bench.understanding.row import Row, share

_FIELDS = {
    "line": "line1",
    "barangay": "barangay",
    "city": "city",
    "province": "province",
    "postal_code": "postal_code",
    "landmark": "landmark",
}
_DEMO = Path(__file__).resolve().parents[4] / "sql" / "demo"
Case = tuple[str, str, str]  # what was typed, what came of it, what should have


def measure(shared: Path) -> list[Row]:
    """The rows of the readings.

    Args:
        shared: The folder whose `data/readings/` is measured with.
    """
    folder = shared / "data" / "readings"
    phones = [(line["text"], phone_in(line["text"]) or "", line["e164"]) for line in _lines(folder / "phones.csv")]
    library = share(sum(_by_library(text) == wanted for text, _, wanted in phones), len(phones))
    variants, nearest = _variants(folder)
    return [
        _row("phones", phones, ".97", f"phonenumbers alone {library:.3f}"),
        _row("addresses, all fields", _each(folder / "addresses.csv", _address, _wanted_address), ".90"),
        _row("quantities", _quantities(folder), ".93"),
        _row("prices", _prices(folder), ".93"),
        _row("variants", variants, ".93", f"rapidfuzz {nearest:.3f}"),
        _row("yes and no", _each(folder / "yes_no.csv", _yes_no, lambda line: line["answer"].strip("?")), ".95"),
    ]


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row(what: str, cases: Sequence[Case], aim: str, others: str = "") -> Row:
    misses = [
        f"{text!r}: {got or 'nothing'}, not {wanted or 'nothing'}" for text, got, wanted in cases if got != wanted
    ]
    right = share(len(cases) - len(misses), len(cases))
    return Row(what=f"{what} ({len(cases)})", ours=right, others=others, aim=aim, misses=misses)


def _each(path: Path, read: Callable[[str], str], wanted: Callable[[dict[str, str]], str]) -> list[Case]:
    return [(line["text"], read(line["text"]), wanted(line)) for line in _lines(path)]


def _by_library(text: str) -> str:
    found = next(iter(phonenumbers.PhoneNumberMatcher(text, "PH")), None)
    return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164) if found else ""


def _address(text: str) -> str:
    parsed = parse(text)
    return _alike(str(getattr(parsed, field)) for field in _FIELDS.values())


def _wanted_address(line: dict[str, str]) -> str:
    return _alike(line[column] for column in _FIELDS)


def _alike(fields: Iterable[str]) -> str:
    """Fields but for case, accents and spaces, and for "City of X", "X City" and "X"."""
    return " | ".join(fold(field).removesuffix(" city").removeprefix("city of ") for field in fields)


def _quantities(folder: Path) -> list[Case]:
    asked = [
        (line["text"], str(number_in(line["text"])), line["pieces"]) for line in _lines(folder / "quantities_asked.csv")
    ]
    for line in _lines(folder / "quantities_after_adding.csv"):
        amount = amount_in(line["text"])
        got = f"{amount.number} {amount.more}" if amount else ""
        asked.append((line["text"], got, f"{line['pieces']} {line['more']}"))
    return asked


def _prices(folder: Path) -> list[Case]:
    """The limits that were read; where what is cheap was asked for, whether the cheapest of the demo costs no more."""
    products = _lines(_DEMO / "products.csv")
    cases: list[Case] = []
    for line in _lines(folder / "prices.csv"):
        limits, wanted = limits_in(line["text"]), f"{line['least']} to {line['most']}"
        got = f"{limits.least:.0f} to {limits.most or 0:.0f}" if limits else ""
        if limits and limits.cheapest and limits.most is None:
            words = {singular(word) for word in fold(line["about"]).split()}
            costs = [
                Decimal(each["base_price"])
                for each in products
                if words <= {singular(word) for word in fold(each["name"]).split()}
            ]
            got = wanted if costs and min(costs) <= Decimal(line["most"]) else "the cheapest, which costs more"
        cases.append((line["text"], got, wanted))
    return cases


def _yes_no(text: str) -> str:
    answer = yes_no_in(text)
    return "" if answer is None else "y" if answer.yes else "n"


def _variants(folder: Path) -> tuple[list[Case], float]:
    """The cases, and what the likest of the names would have got right."""
    products = _lines(_DEMO / "products.csv")
    values = [tuple(line.values())[:3] for line in _lines(_DEMO / "variants.csv")]
    cases: list[Case] = []
    likest = 0
    for line in _lines(folder / "variants.csv"):
        words = set(fold(line["product"]).split())
        sku = next((each["sku"] for each in products if words <= set(fold(each["name"]).split())), "")
        names = [value for of, _, value in values if of == sku]
        meant = variant_in(line["text"], names)
        cases.append((line["text"], names[meant.index] if meant.index is not None else "", line["variant"]))
        near = process.extractOne(line["text"], names, scorer=fuzz.WRatio) if names else None
        likest += near is not None and near[0] == line["variant"]
    return cases, share(likest, len(cases))
