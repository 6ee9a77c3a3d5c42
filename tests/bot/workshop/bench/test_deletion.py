"""`bench deletion`, in small: it comes to its end, with another shopper's turns beside it."""

from bot.workshop.bench.background.deletion import deletion


async def test_a_deletion_is_measured() -> None:
    figures = await deletion(messages=60, orders=3)
    assert figures[0].name == "a shopper with 60 messages forgotten"
    assert all(one.value > 0 for one in figures)
