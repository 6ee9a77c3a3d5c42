"""What a text wants kept for later, told from what only sounds like it."""

from bot.language.buying.keeping import Keeping, What, keeping_in
from tests.support.workers.rows import rows


@rows(
    ("text", "what", "goods"),
    [
        ("save ko muna", "save", ""),
        ("save ko muna po yung kettle", "save", "kettle"),
        ("Pa-wishlist po nito", "save", ""),
        ("ilagay sa wish list", "save", ""),
        ("pwede po ba i-save muna", "save", ""),
        ("put the red mug on my wishlist", "save", "red mug"),
        ("notify me", "notify", ""),
        ("pa notify po", "notify", ""),
        ("sabihan nyo ako pag meron na", "notify", ""),
        ("let me know when the red mug is back in stock", "notify", "red mug"),
        ("balitaan nyo ako kung may stock na ng tumbler large", "notify", "tumbler large"),
        ("message me pag available na po", "notify", ""),
        ("alisin sa wishlist yung mug", "drop", "mug"),
        ("take off the mug from my wishlist", "drop", "mug"),
        ("move the mug from my wishlist to my cart", "take", "mug"),
    ],
)
def test_it_is_kept(text: str, what: What, goods: str) -> None:
    assert keeping_in(text) == Keeping(what, goods)


@rows(
    "text",
    [
        "sabihan nyo ko pag na-ship na",
        "let me know when you ship it",
        "save my address",
        "how much do i save",
        "ilipat sa cart",
        "alisin yung mug",
        "pm me",
        "update me",
        "available pa po?",
        "gusto ko po ng mug",
        "may savemore po ba malapit sa inyo",
        "",
    ],
)
def test_it_is_something_else(text: str) -> None:
    assert keeping_in(text) is None


def test_on_the_wishlist_it_need_not_be_named() -> None:
    assert keeping_in("ilipat sa cart yung mug", on_list=True) == Keeping("take", "mug")
    assert keeping_in("remove the kettle", on_list=True) == Keeping("drop", "kettle")
    assert keeping_in("mug", on_list=True) is None
