"""Words that mean the same, in the console: written, tried out, refused, and gone by in the next search."""

import html

import pytest

from repository.catalogue.finding.synonyms import problem
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.settings.test_lists import bubbles
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]
AT = "/products/words"


async def test_the_next_search_goes_by_what_a_merchant_writes(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await shop.stocks("Hydro flask 1L")
    await nena.logs_in()
    await nena.opens(f"{AT}/new")
    await nena.sends(f"{AT}/preview", words="flask, garapa, <b>")
    shown = bubbles(nena.page)
    assert "“flask” finds 1 product today: Hydro flask 1L" in shown
    assert "“garapa” finds nothing today." in shown
    await nena.opens(f"{AT}/new")
    await nena.sends(f"{AT}/new", words="flask", display_order="0", is_active="on")
    assert nena.status == 422
    assert "at least two words" in nena.page
    await nena.sends(f"{AT}/new", words="flask, garapa", display_order="0", is_active="on")
    assert "The next search goes by it." in nena.page
    await ana.says("garapa")
    ana.hears("Hydro flask 1L")
    where = nena.path.removeprefix("/console")
    await nena.sends(where, **(form_in(nena.page) | {"words": "flask, <script>alert(1)</script>"}))
    assert "<script>alert" not in nena.page
    assert html.escape("<script>alert(1)</script>") in nena.page
    await ana.says("garapa")
    ana.hears("couldn't find “garapa”")
    await nena.sends(f"{where}/delete", version=version_of(nena.page))
    assert "Deleted." in nena.page
    assert await shop.count("search_synonyms") == 0
    await nena.sends(f"{AT}/bring-back", version=nena.values("version")[0])
    assert await shop.count("search_synonyms") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("jug, flask", ""),
        ("water bottle, jug,", ""),
        ("jug", "at least two words"),
        ("jug, JUG", "at least two words"),
        ("jug, piña, pina", ""),
        ("jug, x", "pass over “x”"),
        ("jug, po", "pass over “po”"),
        ("jug, 🫙", "pass over “🫙”"),
        ("jug, a very long name that things have", "too long"),
    ],
)
def test_what_cannot_mean_the_same_is_said(words: str, said: str) -> None:
    assert said in problem(words)
    assert bool(said) is bool(problem(words))
