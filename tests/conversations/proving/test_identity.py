"""Somebody shows who they are: the ID, then the selfie, kept apart from everything else and deleted in time."""

import pytest

from bot.base.sealing import CannotOpen, Sealed
from tests.conversations.conftest import Chat, Shop
from tests.conversations.proving.conftest import Clerk, orders_a_mug
from tests.support.pictures import photo, receipt

PAPER, SELFIE = receipt(1), photo(size=(300, 400))
SENT = (
    "SELECT id_type, file_id IS NOT NULL, selfie_file_id IS NOT NULL, status FROM order_proofs WHERE kind = 'identity'"
)


@pytest.fixture
async def number(shop: Shop, ana: Chat) -> str:
    """An order that waits to be verified."""
    await shop.sets(verification_orders=3)
    return await orders_a_mug(shop, ana, pay="Cash on delivery")


async def test_an_id_and_then_a_selfie(shop: Shop, ana: Chat, clerk: Clerk, number: str) -> None:
    await ana.taps("Show an ID")
    ana.hears(f"To verify {number}", "Which ID will you send?", "deleted 30 days after the check")
    await ana.taps("Passport")
    ana.hears("send a clear picture of your passport")
    await ana.sends_picture(PAPER)
    ana.hears("Now a selfie, please")
    await ana.sends_picture(PAPER)
    ana.hears("the same picture as your ID")
    assert await shop.count("order_proofs") == 0, "half of it is nothing that can be reviewed"
    await ana.sends_picture(SELFIE)
    ana.hears(f"Our team will check your ID for {number}")
    assert await shop.look(SENT) == ("passport", 1, 1, "waiting")
    assert await shop.texts("SELECT DISTINCT purpose FROM stored_files WHERE deleted_at IS NULL") == ["identity"]
    assert await clerk.decides(True) == "confirmed"
    ana.hears(f"Your order {number} is confirmed!")
    assert await shop.look("SELECT verification_status FROM orders") == "verified"


async def test_papers_have_a_key_of_their_own(shop: Shop, ana: Chat, number: str) -> None:
    await ana.taps("Show an ID")
    await ana.taps("UMID")
    await ana.sends_pictures(PAPER, SELFIE)
    keys = shop.stage.parts.database.keys
    assert keys
    async with shop.database.connection() as conn:
        rows = (
            await conn.run("SELECT sealed_key, key_number, digest FROM stored_files WHERE purpose = 'identity'")
        ).rows
    assert len(rows) == 2
    for sealed, key_number, digest in rows:
        assert isinstance(sealed, bytes)
        assert isinstance(digest, bytes)
        as_stored = Sealed(int(str(key_number)), sealed)
        assert keys.open("identity", as_stored, about=digest)
        with pytest.raises(CannotOpen):
            keys.open("proof", as_stored, about=digest)


async def test_both_at_once_are_taken_in_their_order(shop: Shop, ana: Chat, number: str) -> None:
    await ana.taps("Show an ID")
    await ana.says("drivers license po")
    await ana.sends_pictures(PAPER, SELFIE)
    ana.hears(number)
    assert await shop.look(SENT) == ("drivers_license", 1, 1, "waiting")


async def test_a_picture_out_of_the_blue_may_be_either(shop: Shop, ana: Chat, number: str) -> None:
    await ana.sends_picture(PAPER)
    ana.hears(f"{number} can be verified by paying ahead or by an ID")
    await ana.taps("It's my ID")
    ana.hears("Which ID will you send?")
    await ana.taps("Student ID")
    ana.hears("Now a selfie, please")
    await ana.sends_picture(SELFIE)
    assert await shop.look(SENT) == ("student", 1, 1, "waiting")
    assert await shop.texts("SELECT DISTINCT purpose FROM stored_files WHERE delete_after IS NULL") == ["identity"]


async def test_it_may_be_a_payment_too(shop: Shop, ana: Chat, number: str) -> None:
    await ana.sends_picture(PAPER)
    await ana.taps("It's my payment")
    ana.hears(f"Got your screenshot for {number}")
    assert await shop.look("SELECT kind, method FROM order_proofs") == ("payment", "cod")


async def test_the_earlier_bots_button_asks_for_an_id(shop: Shop, ana: Chat, number: str) -> None:
    await shop.gets(ana, "postback", {"mid": "m_old", "title": "Show ID", "payload": f"VERIFY_ID_{number}"})
    assert "Which ID will you send?" in ana.last.words()


async def test_one_goes_back_and_gives_up(shop: Shop, ana: Chat, number: str) -> None:
    await ana.taps("Show an ID")
    await ana.taps("PhilSys (National)")
    await ana.says("back")
    ana.hears("Which ID will you send?")
    await ana.says("cancel")
    ana.hears("What would you like to do")
    assert await shop.look("SELECT order_status FROM orders") == "pending"


async def test_a_rejected_id_is_asked_for_again(shop: Shop, ana: Chat, clerk: Clerk, number: str) -> None:
    await ana.taps("Show an ID")
    await ana.taps("Company ID")
    await ana.sends_pictures(PAPER, SELFIE)
    await clerk.decides(False, note="The name can't be read.")
    ana.hears("the ID that you sent", "The name can't be read.")
    await ana.taps("Send it again")
    ana.hears("Which ID will you send?")
    assert await shop.look("SELECT failed_verifications FROM user_verification_history") == 1


async def test_in_filipino(shop: Shop, ana: Chat, number: str) -> None:
    await ana.says("mag-tagalog po tayo")
    await shop.gets(ana, "postback", {"mid": "m_old", "title": "Show ID", "payload": f"VERIFY_ID_{number}"})
    assert "Anong ID po ang ise-send ninyo?" in ana.last.words()
    await ana.taps("Passport")
    ana.hears("kita ang apat na sulok")
    await ana.sends_pictures(PAPER, SELFIE)
    ana.hears("Iche-check ng team namin ang ID ninyo")
