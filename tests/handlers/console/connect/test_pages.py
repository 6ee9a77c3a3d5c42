"""Several pages of one shop: each is added by its token, answered by it, and looked at for itself."""

import asyncio
import html

from bot.messenger.subscriptions import FIELDS
from bot.run.parts import Parts
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from handlers.jobs.posts.commenting import Commenting
from repository.chats import outbox as stored
from tests.handlers.console.connect.test_connect import does, facebook, nena, other
from tests.handlers.console.test_console import Visitor
from tests.support.keeper import Keeper
from tests.support.waiting import PATIENCE, comes

__all__ = ["facebook", "nena", "other"]
CEBU = "Nena Cebu"


async def connects(nena: Visitor, facebook: Emulator) -> None:
    """Connect the first page by its own token, for there may be more of them."""
    here = nena.base.removesuffix("/console")
    await does(nena, "address", address=f"{here}/webhook")
    await does(nena, "app", app_id=facebook.app.app_id, app_secret=facebook.app.app_secret)
    await does(nena, "token", token=facebook.app.page_token)
    await does(nena, "webhook")
    await does(nena, "fields")


async def adds(nena: Visitor, token: str) -> str:
    """Add a page by a token; what is shown then."""
    await nena.opens("/connect/pages")
    page = html.unescape(await nena.sends("/connect/pages/token", token=token))
    assert nena.status == 200, page
    return page


async def hears(shopper: Shopper) -> None:
    """Wait until the bot has answered."""
    async with asyncio.timeout(PATIENCE):
        while not shopper.person.sent:
            await shopper.person.changes()


async def test_each_page_is_answered_with_its_own_token(nena: Visitor, facebook: Emulator, other: Parts) -> None:
    cebu = await facebook.adds_page(CEBU)
    await connects(nena, facebook)
    page = await adds(nena, facebook.app.user_token)  # of which the only page that is left is taken at once
    assert f"“{CEBU}” is connected." in page
    assert page.count(f"The page tells this app all {len(FIELDS)} fields.") == 1
    assert set(cebu.facebook.subscribed) == set(FIELDS)
    assert "Welcome to" in str(cebu.facebook.profile.properties["greeting"])
    assert not facebook.facebook.profile.properties, "only the page that was meant"

    async def is_known() -> bool:
        return other.ways.are_several

    await comes(is_known, "the other process answers on both pages")
    ana, ben = Shopper(facebook, "Ana Cruz"), Shopper(cebu, "Ben Reyes")
    await ana.says("hello", answered=False)
    await ben.says("hello", answered=False)
    await hears(ana)
    await hears(ben)
    assert not [item for item in ben.person.chat if type(item).__name__ == "Refused"]
    async with other.database.connection() as conn:
        rows = await conn.run("SELECT psid, page_id FROM conversations")
        sealed = await conn.value("SELECT access_token FROM facebook_pages")
    assert sorted(rows.rows) == sorted([(ana.psid, facebook.app.page_id), (ben.psid, cebu.app.page_id)])
    assert cebu.app.page_token not in str(sealed)
    assert cebu.app.page_token not in await nena.opens("/connect/pages/1/history")


async def test_a_dead_token_of_one_page_holds_that_page_alone(nena: Visitor, facebook: Emulator, other: Parts) -> None:
    cebu = await facebook.adds_page(CEBU)
    await connects(nena, facebook)
    await adds(nena, cebu.app.page_token)
    cebu.facebook.dead_token = 463
    ana, ben = Shopper(facebook, "Ana Cruz"), Shopper(cebu, "Ben Reyes")
    await ben.says("hello", answered=False)

    async def is_shown() -> bool:
        return f"The page “{CEBU}” cannot send messages." in html.unescape(await nena.opens("/start"))

    await comes(is_shown, "the console says which page cannot send")
    await ana.says("hello", answered=False)
    await hears(ana)
    assert not ben.person.sent
    await comes(is_shown, "what the other page sends says nothing of this one")  # connected anew, it is tried anew
    cebu.facebook.dead_token = None
    await adds(nena, cebu.app.page_token)
    await hears(ben)


async def test_a_page_greets_in_its_own_words_and_is_let_go(nena: Visitor, facebook: Emulator, other: Parts) -> None:
    cebu = await facebook.adds_page(CEBU)
    await connects(nena, facebook)
    await adds(nena, cebu.app.page_token)
    where = nena.path.removeprefix("/console")
    version = nena.page.split('name="version" value="')[1].split('"')[0]
    await nena.sends(where, greeting="Maayong adlaw {name}!", greeting_fil="", is_active="on", version=version)
    page = await nena.sends(f"{where}/profile")
    assert nena.status == 200, page
    greetings = cebu.facebook.profile.properties["greeting"]
    assert isinstance(greetings, list)
    assert greetings[0]["text"] == "Maayong adlaw {{user_first_name}}!"
    version = nena.page.split('name="version" value="')[1].split('"')[0]
    await nena.sends(f"{where}/delete", version=version)
    assert "There is no other page yet." in nena.page

    async def is_let_go() -> bool:
        return not other.ways.are_several

    await comes(is_let_go, "the other process has let it go")
    ben = Shopper(cebu, "Ben Reyes")
    await ben.says("hello", answered=False)

    async def is_kept() -> bool:
        async with other.database.connection() as conn:
            return await conn.value("SELECT COUNT(*) FROM webhook_events WHERE kind = 'foreign'") == 1

    await comes(is_kept, "what is written to a page of nobody is kept")
    async with other.database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM chat_logs") == 0
    assert not ben.person.sent


async def test_what_waits_for_a_page_that_was_removed_is_given_up_and_said(
    nena: Visitor, facebook: Emulator, other: Parts
) -> None:
    cebu = await facebook.adds_page(CEBU)
    await connects(nena, facebook)
    await adds(nena, cebu.app.page_token)
    where = nena.path.removeprefix("/console")
    version = nena.page.split('name="version" value="')[1].split('"')[0]
    ben = Shopper(cebu, "Ben Reyes")
    await ben.says("hello", answered=False)
    await hears(ben)
    await nena.sends(f"{where}/delete", version=version)

    async def is_let_go() -> bool:
        return not other.ways.are_several

    await comes(is_let_go, "the other process has let it go")
    sent = len(ben.person.sent)
    async with other.database.transaction() as conn:
        await stored.put(conn, psid=ben.psid, messages=[{"text": "Your parcel is on its way."}])
    other.outbox.wake(ben.psid)

    async def is_given_up() -> bool:
        async with other.database.connection() as conn:
            return await conn.value("SELECT COUNT(*) FROM outbox WHERE error_code = 'page gone'") == 1

    await comes(is_given_up, "it is given up at once")
    page = html.unescape(await nena.opens("/queues?queue=messages"))
    assert "They wrote to a page that this shop no longer answers on." in page
    assert "Your parcel is on its way." in page
    await adds(nena, cebu.app.page_token)

    async def is_back() -> bool:
        return other.ways.are_several

    await comes(is_back, "the page is connected again")
    await nena.opens("/queues?queue=messages")
    async with other.database.connection() as conn:
        message = await conn.value("SELECT id FROM outbox WHERE error_code = 'page gone'")
    await nena.sends("/queues", queue="messages", only_retry=str(message))
    other.outbox.wake(ben.psid)

    async def has_arrived() -> bool:
        return len(ben.person.sent) == sent + 1

    await comes(has_arrived, "tried again, it arrives")


async def test_a_comment_below_a_page_that_was_removed_is_not_answered_by_another(
    nena: Visitor, facebook: Emulator, other: Parts
) -> None:
    cebu = await facebook.adds_page(CEBU)
    await connects(nena, facebook)
    await adds(nena, cebu.app.page_token)
    where = nena.path.removeprefix("/console")
    version = nena.page.split('name="version" value="')[1].split('"')[0]
    async with other.database.transaction() as conn:
        mug = await Keeper(other.database).stocks("Blue mug", price="120.00")
        post = await conn.run(
            "INSERT INTO page_posts (post_id, asked_at) VALUES (%(post)s, NOW())", post=f"{cebu.app.page_id}_8"
        )
        await conn.run(
            "INSERT INTO post_products (post, product_id) VALUES (%(post)s, %(mug)s)", post=post.last_id, mug=mug
        )

    async def is_known() -> bool:
        return other.ways.are_several

    await comes(is_known, "the other process answers on both pages")
    commenting = Commenting(other.shop, other.ways, settles=0)
    cebu.facebook.dead_token = 463
    ben = Shopper(cebu, "Ben Reyes")
    await ben.comments("mine", post="8")

    async def waits() -> bool:
        await commenting.run_due()
        async with other.database.connection() as conn:
            return await conn.value("SELECT COUNT(*) FROM post_comments WHERE error_code LIKE '190%%'") == 1

    await comes(waits, "its page cannot send")
    cebu.facebook.dead_token = None
    await nena.sends(f"{where}/delete", version=version)

    async def is_let_go() -> bool:
        return not other.ways.are_several

    await comes(is_let_go, "the other process has let it go")
    async with other.database.transaction() as conn:
        await conn.run("UPDATE post_comments SET status = 'queued', due_at = NOW(3)")
    await commenting.stop()
    await Commenting(other.shop, other.ways, settles=0).run_due()
    async with other.database.connection() as conn:
        told = await conn.run("SELECT status, error_code, error_message FROM post_comments")
    why = "The shop no longer answers on the page below whose post this stands."
    assert list(told.rows) == [("failed", "page gone", why)]
    assert not ben.person.sent


async def test_the_first_page_and_a_token_of_nothing_are_refused(nena: Visitor, facebook: Emulator) -> None:
    await connects(nena, facebook)
    assert "is the first page already" in await adds(nena, facebook.app.page_token)
    assert "it is no token" in await adds(nena, "EAAgone")
    assert "connected already" in await adds(nena, facebook.app.user_token)
    assert "Paste the token" in await adds(nena, "")
