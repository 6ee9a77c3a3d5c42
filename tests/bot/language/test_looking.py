"""What a text wants to look at, in English, Filipino and Taglish; and what it does not."""

import pytest

from bot.language.buying.looking import look_in
from tests.support.workers.rows import rows

LOOKS = {
    "new": (
        "ano yung mga bago",
        "bago",
        "may bago po ba kayo ngayon?",
        "what's new",
        "new arrivals po",
        "anything new?",
    ),
    "best": ("best seller nyo", "ano po mabenta", "bestsellers", "pinaka mabenta nyo po", "popular items", "trending"),
    "sale": ("may sale ba", "may sale po ba kayo", "on sale items", "ano po naka sale"),
    "cheap": ("pinakamura", "yung pinakamura po", "cheapest please", "may mas mura pa ba", "low to high"),
    "dear": ("pinakamahal", "most expensive", "high to low po"),
    "brands": ("brands", "ano pong brand meron kayo", "anong tatak"),
    "similar": ("iba pang ganito", "may kagaya nito?", "similar items", "katulad po nito", "may ganito pa ba"),
    "sizes": ("may size chart ba", "size guide po", "sizing chart please"),
    "prices": ("magkano range", "price range po", "pricelist po"),
    "share": ("pa-share ng link", "pa send ng link po", "share", "link please"),
    "specs": ("specs po", "anong tela", "material?"),
    "pictures": ("more pics po", "patingin ng picture", "actual photo please"),
    "points": ("points ko", "ilan na po points ko", "my points"),
}
"""Texts by what they want."""


@rows(("kind", "text"), [(kind, text) for kind, texts in LOOKS.items() for text in texts])
def test_what_is_wanted(kind: str, text: str) -> None:
    look = look_in(text)
    assert look is not None
    assert look.kind == kind


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("gaano katagal sa cebu", "Cebu City"),
        ("gaano po katagal pag sa Cebu City", "Cebu City"),
        ("how long to davao?", "Davao City"),
        ("ilang araw po bago dumating sa iloilo", "Iloilo City"),
        ("how many days po pa iloilo", "Iloilo City"),
        ("how long will it take to arrive in Baguio", "Baguio City"),
        ("delivery time to Quezon City?", "Quezon City"),
        ("gaano katagal sa Lucban Quezon", "Lucban"),
        ("kailan darating", ""),
    ],
)
def test_how_long_to_a_place(text: str, place: str) -> None:
    look = look_in(text)
    assert look is not None
    assert (look.kind, look.place.city if look.place else "") == ("arrives", place)


@rows(
    "text",
    [
        "bagong tsinelas", "bagoong", "magenta", "mamili po",
        "new address", "sale sa kawali", "is this for sale?", "pinakamurang payong",
        "mug below 100", "where is my order", "gcash link", "kailan darating order ko", "tagal naman", "gaano kalaki",
        "details", "ganito po", "size", "may large ba", "hm", "order number", "may resibo ba", "", "?", "a" * 3000,
        "new " * 500,
    ],
)  # fmt: skip
def test_what_asks_for_something_else(text: str) -> None:
    assert look_in(text) is None
