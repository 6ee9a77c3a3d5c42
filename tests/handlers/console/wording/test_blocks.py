"""What the console tells of the bot's own words: every variable in a phrase that can be read by itself."""

import pytest

from handlers.console.wording.blocks import blocks, reply_kinds
from replies.words import own_words

NAMES = sorted({name for name, _ in own_words() if not name.startswith("profile.")})
"""Of the blocks, which are filled with all their examples where a test needs them, and not in every worker."""


def test_every_block_of_words_is_one_of_the_console() -> None:
    assert sorted(blocks()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_variable_is_explained_in_a_phrase_of_its_own(name: str) -> None:
    for variable in blocks()[name].variables:
        about = f"{variable.name}: {variable.about}"
        assert len(variable.about.split()) > 2, about
        assert variable.about[0].isupper(), f"{about} begins in the middle"
        assert not variable.about.partition(";")[0].partition(",")[0].endswith(("'s", "’s")), f"{about}: whose what?"
        assert "`" not in variable.about, f"{about} is written for programmers"


def test_a_variable_means_what_it_means_in_its_own_block() -> None:
    about = {(block.name, one.name): one.about for block in blocks().values() for one in block.variables}
    assert about["welcome.hello", "shop_name"] == "The shop's name"
    assert about["browsing.title_category", "name"] == "The category's name"
    assert about["product.detail", "name"] == "The product's name"
    assert about["browsing.products", "page"] == "The number of this page, from 1", "not the page itself"
    assert about["notices.shipped", "number"] == "The order's number, as people call it", "told by what it stands on"


def test_every_reply_says_of_itself_when_it_is_said() -> None:
    for kind in reply_kinds():
        about = kind.__dict__.get("about", "")
        assert len(about.split()) > 1, f"{kind.__name__} has no `about`: a phrase for merchants beside its `name`"
        assert not about.endswith("."), f"{about}: a phrase has no full stop"
