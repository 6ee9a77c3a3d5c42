"""Anger is heard, and care is not taken for it."""

import pytest

from bot.language.afterwards.anger import anger_in
from tests.support.workers.rows import rows

ANGRY = [
    "bulok ng serbisyo nyo", "bulok kayo", "bulok na seller", "scam kayo!! ibalik nyo pera ko", "scam kayo",
    "SCAMMER!!", "bulok", "bulok nyo", "scam kayo ang tagal", "refund nyo na lang, ang tagal", "refund nyo",
    "ibalik nyo ang pera ko", "manloloko kayo", "this is a scam!", "you are scammers", "give me my money back",
    "i want my money back now", "worst seller ever!", "your service is terrible", "walang kwenta",
    "walang kwentang shop to, tangina", "😡", "😡😡😡", "asan na?? 😡", "fuck you", "kainis kayo",
    "palpak serbisyo nyo",
    "never again", "nabudol ako dito!", "refund my money now", "🤬",
]  # fmt: skip
CALM = [
    "bulok na yung dumating", "bulok na po yung mangga", "bulok yung natanggap ko", "bulok na po", "scam po ba kayo?",
    "is this a scam?", "legit po ba, baka scam", "hindi po ba scam to", "gaano po katagal?",
    "matagal po ba shipping?", "pa refund po", "what is your refund policy", "may refund po ba", "slow cooker",
    "trash bag", "garbage bag po", "long sleeves", "matagal na po akong suki", "ang ganda", "ok lang po", "salamat",
    "mug", "money clip", "how long is shipping", "basurahan", "peke po ba to?", "pwede ibalik pag sira?", "👍", "❤️",
    "not a scam, thank you", "so long sleeve shirt po available size", "how long is it taking",
    "how long does shipping take", "ilang araw po ba?", "3 days pa po wala ako pera", "2 days na lang po",
]  # fmt: skip


IMPATIENT = [
    "ang tagal", "ang tagal nyo naman", "sobrang tagal ng order ko", "so slow", "taking too long", "ang bagal nyo",
    "antagal", "bat ang tagal", "bakit ang tagal po?", "antagal po", "tagal naman po ng order ko", "ang tgal nmn",
    "why so slow", "2 weeks na po wala pa", "isang linggo na po wala pa rin", "3 days na po hindi pa dumarating",
    "what's taking so long", "it's been two weeks and still nothing", "still waiting for my order",
    "naghihintay pa rin po ako", "ilang araw na po wala pa", "why is it taking so long po",
]  # fmt: skip


@rows("text", IMPATIENT)
def test_waiting_is_no_anger_but_is_heard(text: str) -> None:
    assert anger_in(text) == "impatient"


@rows("text", ANGRY)
def test_anger_is_heard(text: str) -> None:
    assert anger_in(text) == ("angry" if any(map(str.isalpha, text)) else "signs")


@rows("text", CALM)
def test_care_is_no_anger(text: str) -> None:
    assert anger_in(text) == ""


@pytest.mark.parametrize("text", ["👎", "👎👎", "👎🏽 "])
def test_a_thumb_down_alone_is_displeased(text: str) -> None:
    assert anger_in(text) == "displeased"
