"""`bench wishes`, in small: both runs come to their end, with turns beside them."""

import pytest

from bot.workshop.bench.background.wishes import wishes


@pytest.mark.long
async def test_wishes_are_measured() -> None:
    figures = await wishes(count=500)
    assert [one.name.partition(":")[0] for one in figures] == ["cheaper"] * 4 + ["back in stock"] * 4
    assert all(one.value > 0 for one in figures)
