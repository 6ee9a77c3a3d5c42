"""What the shop would answer to each reading is shown, and nothing of it is kept."""

from dialogs.reading.context import NOWHERE
from handlers.turns.explaining import explain_with_shop
from repository.rules import Rules
from tests.conversations.conftest import Chat, Shop


async def test_the_shops_own_answers_are_among_the_candidates(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("cod", "Yes, we take COD.")
    await ana.says("mug")
    before = await shop.texts("SELECT CONCAT(usage_count, '') FROM chatbot_replies")
    canned = await explain_with_shop(shop.database, Rules(), "cod po ba?", NOWHERE, language="en")
    assert (canned.decision.kind, canned.decision.name) == ("canned", "cod")
    assert "Yes, we take COD." in canned.decision.value
    assert await shop.texts("SELECT CONCAT(usage_count, '') FROM chatbot_replies") == before
    found = await explain_with_shop(shop.database, Rules(), "mgkno po mug", NOWHERE, language="fil")
    assert found.decision.kind == "search"
    assert "Blue mug" in found.decision.value
    hers = await explain_with_shop(shop.database, Rules(), "isa po nito", NOWHERE, language="en", psid=ana.psid)
    assert (hers.asked, hers.decision.name) == ("search", "cart")
    assert await shop.count("cart_items") == 0
