"""Values in messages as shoppers type them, by the hundred: `typed/KIND.txt`, a line of `TEXT => VALUE` each.

They were written, with what is expected, before they were read for the first time.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.language.addressing import parse
from bot.language.fold import fold
from bot.language.phones import odd_phone_in, phone_in
from bot.language.places import city_of, town_and_province
from bot.language.quantities import amount_in, number_in
from bot.language.values.answers import yes_no_in
from bot.language.values.money import limits_in
from bot.language.values.variants import variant_in
from tests.support.workers.rows import rows

FOLDER = Path(__file__).with_name("typed")


def number(text: str) -> str:
    found = number_in(text)
    return "none" if found is None else str(found)


def amount(text: str) -> str:
    found = amount_in(text)
    return f"{found.number}{' more' if found.more else ''}" if found else "none"


def price(text: str) -> str:
    found = limits_in(text)
    if found is None:
        return "none"
    if found.cheapest and found.most is None and not found.least:
        return f"cheap {found.about}".strip()
    return f"{found.least:.0f} {found.most or 0:.0f} {found.about}".strip()


def yes_no(text: str) -> str:
    found = yes_no_in(text)
    return "?" if found is None else "y" if found.yes else "n"


def city(text: str) -> str:
    found = city_of(text) or town_and_province(text)
    return found.city if found else "none"


READERS: Mapping[str, Callable[[str], str]] = {
    "phones": lambda text: phone_in(text) or odd_phone_in(text) or "",
    "numbers": number,
    "amounts": amount,
    "prices": price,
    "yes_no": yes_no,
    "cities": city,
}


def lines(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def listed() -> Iterator[tuple[str, str, str]]:
    for name in READERS:
        for line in lines(name):
            text, _, wanted = line.partition("=>")
            yield name, text.strip(), wanted.strip()


def kinds() -> Iterator[tuple[tuple[str, ...], str, str]]:
    names: tuple[str, ...] = ()
    for line in lines("variants"):
        if line.startswith("["):
            names = tuple(line.strip("[]").split("|"))
        else:
            text, _, wanted = line.partition("=>")
            yield names, text.strip(), wanted.strip()


def addresses() -> list[dict[str, str]]:
    with (FOLDER / "addresses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@rows(("name", "text", "wanted"), [*listed()])
def test_a_value_is_read(name: str, text: str, wanted: str) -> None:
    assert READERS[name](text) == wanted


@rows(("names", "text", "wanted"), [*kinds()])
def test_a_kind_is_read(names: tuple[str, ...], text: str, wanted: str) -> None:
    meant = variant_in(text, names)
    if meant.index is None:
        assert wanted == ("many" if len(meant.candidates) > 1 else "none")
    else:
        pieces = f" x{meant.quantity}" if meant.quantity and meant.quantity > 1 else ""
        assert names[meant.index] + pieces == wanted


@rows("wanted", addresses(), ids=lambda wanted: wanted["text"])
def test_an_address_is_read(wanted: dict[str, str]) -> None:
    parsed = parse(wanted["text"])
    found = (parsed.line1, parsed.barangay, parsed.city, parsed.province, parsed.postal_code, parsed.landmark)
    told = [wanted[part] for part in ("line", "barangay", "city", "province", "postal_code", "landmark")]
    assert list(map(fold, found)) == list(map(fold, told))


def test_every_kind_has_its_messages() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {*READERS, "variants", "addresses"}
