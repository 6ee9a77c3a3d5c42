"""What everybody may read of the shop's privacy, and Meta's deletion callback."""

import aiohttp

from tests.bot.messenger.test_signed_request import GOOD, signed
from tests.conversations.conftest import Chat, Shop


async def test_the_callback_begins_a_deletion_whose_page_says_how_far_it_is(shop: Shop, ana: Chat) -> None:
    await ana.says("hi")
    secret = shop.stage.parts.settings.app_secret
    async with aiohttp.ClientSession() as http:

        async def asks(user_id: str, key: str = secret) -> aiohttp.ClientResponse:
            form = {"signed_request": signed(key, {**GOOD, "user_id": user_id})}
            return await http.post(f"{shop.stage.url}/deletion", data=form)

        async def reads(path: str) -> tuple[int, str]:
            async with http.get(f"{shop.stage.url}{path}") as page:
                return page.status, await page.text()

        assert (await asks(ana.psid, "another")).status == 403
        assert await shop.count("deletion_requests") == 0
        said = await (await asks("1234")).json()
        assert said["url"].endswith(f"/deletion?code={said['confirmation_code']}")
        assert "keep nothing under the number" in (await reads(f"/deletion?code={said['confirmation_code']}"))[1]
        said = await (await asks(ana.psid)).json()
        address = f"/deletion?code={said['confirmation_code']}"
        assert "Under way" in (await reads(address))[1]
        await shop.works()
        assert "Your name, phone, addresses" in (await reads(address))[1]
        assert await shop.look("SELECT COUNT(*) FROM users WHERE messenger_id = %(psid)s", psid=ana.psid) == 0
        for strange in ("", "<script>", "x" * 500, "é"):
            status, text = await reads(f"/deletion?code={strange}")
            assert status == 404
            assert "<script>" not in text
        await shop.sets(proof_kept_days=77)
        status, text = await reads("/privacy")
        assert status == 200
        assert "Tindahan" in text
        assert "77 days after the delivery" in text
        await shop.sets(chat_kept_days=14, audit_kept_days=100, privacy_text="<b>Nena</b>\nManila\n\nWrite to n@x.ph")
        _, text = await reads("/privacy")
        assert "14 days; a message that is unsent goes at once" in text
        assert '<span class="quiet">100 days.</span>' in text
        assert "<p>&lt;b&gt;Nena&lt;/b&gt;<br>Manila</p>" in text
        assert "<p>Write to n@x.ph</p>" in text
