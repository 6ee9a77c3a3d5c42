"""`quicksell places`: what an address is read as, and why."""

import click
import msgspec

from bot.language.addressing import Parsed, parse, readings_of
from bot.language.country.mentions import Reading
from bot.language.places import Place

SHOWN = 5
"""Readings that are explained."""


class Printed(msgspec.Struct, frozen=True):
    """What `--json` prints: empty texts where nothing was said."""

    line: str
    barangay: str
    city: str
    province: str
    region: str
    postal_code: str
    landmark: str
    doubts: tuple[str, ...]


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One object for scripts.")
def places(text: str, as_json: bool) -> None:
    """What an address is read as, and why: `quicksell places "12 Mabini St, Brgy San Roque, Marikina"`."""
    parsed = parse(text)
    printed = _printed(parsed)
    if as_json:
        click.echo(msgspec.json.encode(printed).decode())
        return
    for field in printed.__struct_fields__:
        value = getattr(printed, field)
        shown = "; ".join(value) if isinstance(value, tuple) else value
        click.echo(f"{field.replace('_', ' '):<12} {shown or '-'}")
    for reading in readings_of(text)[:SHOWN]:
        click.echo(f"\n{reading.score:6.2f}  {_called(reading)}")
        for reason, weight in reading.why:
            click.echo(f"{weight:+9.2f}  {reason}")


def _printed(parsed: Parsed) -> Printed:
    return Printed(
        line=parsed.line1,
        barangay=parsed.barangay,
        city=parsed.city,
        province=parsed.province,
        region=Place(parsed.city, parsed.province).region,
        postal_code=parsed.postal_code,
        landmark=parsed.landmark,
        doubts=tuple(f"{city}, {province}" for city, province in parsed.doubts),
    )


def _called(reading: Reading) -> str:
    return f"{reading.town.city}, {reading.province}" if reading.town else reading.province
