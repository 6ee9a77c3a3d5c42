"""Questions that ask the same are put together, and nothing that says who asks decides or is suggested."""

import pytest

from bot.language.phrases.alike import Groups, gist
from bot.language.phrases.answered import Asked, answer, answered
from bot.language.phrases.matcher import Matcher
from bot.language.phrases.personal import is_personal, without_personal
from bot.language.phrases.suggested import suggested
from bot.language.phrases.taught import Taught

ALIKE = [
    ["may warranty po ba", "warranty?", "ilang taon po warranty", "WARRANTY PO BA ITO"],
    ["tumatanggap po kayo ng home credit", "home credit po pwede?", "pwede home credit", "home cedit po ba"],
    ["nagdedeliver po kayo sa davao?", "deliver din po ba sa cebu city", "shipping to Brgy San Roque, Marikina"],
    ["may charger po ba kasama", "may kasamang charger ba", "kasama na po ba charger"],
    ["pwede po ba pa reserve", "pa reserve po muna", "reserve muna po"],
    ["hiring po ba kayo", "hiring?"],
    ["official receipt po", "pwede makahingi ng official receipt"],
    ["09171234567", "0918-765-4321", "my number is 0917 123 4567", "12 Mabini St, Brgy San Roque, Marikina City 1801"],
    ["👍", "👍"],
]


def placed(texts: list[str], name: str = "") -> list[int]:
    """The group of each text, by the number of its first."""
    groups, found = Groups(), list[int]()
    for number, text in enumerate(texts, 1):
        about = gist(text, name=name)
        nearest = groups.nearest(about)
        if not nearest:
            groups.add(number, about)
        found.append(nearest or number)
    return found


@pytest.mark.parametrize("texts", ALIKE, ids=lambda texts: texts[0])
def test_what_asks_the_same_is_one_group(texts: list[str]) -> None:
    assert placed(texts) == [1] * len(texts)


def test_what_asks_something_else_is_another_group() -> None:
    firsts = [texts[0] for texts in ALIKE]
    assert placed(firsts) == list(range(1, len(firsts) + 1))


def test_it_is_the_same_whoever_looks_and_an_older_group_comes_first() -> None:
    texts = [text for texts in ALIKE for text in texts]
    assert placed(texts) == placed(texts)
    groups = Groups()
    for number in (7, 3):
        groups.add(number, gist("home credit"))
    assert groups.nearest(gist("home credit po")) == 3
    groups.keep([7])
    assert 3 not in groups
    assert groups.nearest(gist("home credit po")) == 7


@pytest.mark.parametrize(
    "text", ["", " ", "?", "\u202e", "a" * 5000, "🙂" * 400, "1 2 3 4 5", "\x00", "po", "<script>"]
)
def test_anything_has_a_gist(text: str) -> None:
    about = gist(text)
    groups = Groups()
    groups.add(1, about)
    assert groups.nearest(about) in (0, 1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("home credit po, 0917 123 4567", "home credit po"),
        ("home credit maria.santos+1@example.com.ph", "home credit"),
        ("saan na po ORD-20261129-0001", "saan na po"),
        ("ref no 1234567890123 po", "ref no po"),
        ("see https://example.com/x?y=1 po", "see po"),
        ("12 Mabini St, Brgy San Roque, Marikina City 1801", ""),
        ("si Ana Cruz po ito, hiring?", "si po ito hiring?"),
        ("may physical store po kayo?", "may physical store po kayo?"),
        ("no cancellation po", "no cancellation po"),
        ("2 pcs iphone 15 po", "2 pcs iphone 15 po"),
    ],
)
def test_who_somebody_is_is_left_out(text: str, left: str) -> None:
    assert without_personal(text, name="Ana Cruz").strip(" ,") == left
    assert is_personal(text, name="Ana Cruz") is (left.replace(" hiring", ", hiring") != text)


def test_phrases_are_suggested_by_what_questions_share() -> None:
    texts = [
        "pwede home credit",
        "home credit po",
        "tumatanggap ba ng home credit?",
        "home credit po",
        "call 09171234567",
    ]
    assert suggested(texts)[:2] == ("home credit", "home credit po")
    assert all("0917" not in phrase for phrase in suggested(texts))
    assert suggested(["hiring?"]) == ("hiring",)
    assert suggested(["09171234567"]) == suggested(["👍"]) == suggested([]) == ()


def test_a_reply_is_counted_as_shoppers_would_get_it() -> None:
    replies = [
        Taught(id=1, phrases=("warranty",)),
        Taught(id=2, phrases=("home credit",), opens=8 * 60, closes=17 * 60),
        Taught(id=3, phrases=("location",), language="fil"),
    ]
    matcher = Matcher(replies)
    noon = [
        Asked(text, "en", 720) for text in ("may warranty po ba", "warranty?", "home credit po", "xyz", "warranty?")
    ]
    assert answered(matcher, noon) == {1: 3, 2: 1}
    assert answer(matcher, Asked("home credit po", "en", 1200)) is None, "at this hour it does not answer"
    found = answer(matcher, Asked("san po shop nyo", "en", 720))
    assert found is not None
    assert (found.reply.id, found.how) == (3, "means")
