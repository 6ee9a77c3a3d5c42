"""`bench console`, `bench people` and `bench desk`, in small: all of it arrives, and all is measured."""

from bot.workshop.bench.clerks.chats import people
from bot.workshop.bench.clerks.clicks import desk
from bot.workshop.bench.clerks.pages import PAGES, console


async def test_every_page_of_a_long_history_is_opened_and_measured(is_long: bool) -> None:
    steps: list[str] = []
    products = 10_010 if is_long else 1010
    few = await console(orders=2000, turns=2000, products=products, rounds=1, tell=steps.append)
    figures = {figure.name: figure for figure in few}
    assert figures.keys() == {*(page.name for page in PAGES), "the first page with all it needs, packed"}
    assert all(figure.value > 0 and figure.limit for figure in figures.values())
    assert steps[-1] == "measuring"


async def test_words_are_seen_on_both_sides_while_everybody_writes() -> None:
    figures = {figure.name: figure.value for figure in await people(clerks=3, shoppers=6, seconds=0.1, rounds=1)}
    assert len(figures) == 6
    assert all(value > 0 for value in figures.values())


async def test_every_click_is_heard_in_both_processes_and_proofs_are_kept() -> None:
    figures = {figure.name: figure for figure in await desk(orders=2)}
    assert len(figures) == 8
    assert all(figure.value > 0 and figure.limit for figure in figures.values())
    assert any("in another process, worst" in name for name in figures)
