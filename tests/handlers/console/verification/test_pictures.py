"""Stored pictures reach only who may see them; an identity paper only once it is written down who looked."""

from io import BytesIO

import pytest
from PIL import Image

from repository.files.files import Purpose
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import Clerk, browser, hires, ordered, pictured, proved

LOOKS = "SELECT COUNT(*) FROM console_audit WHERE action = 'identity.viewed'"


async def looks_at(visitor: Clerk, path: str, **form: str) -> bytes:
    """What comes at an address: by a click on a form where there is one, else by opening it."""
    body = await visitor.fetches(path, **form)
    return body if visitor.headers["Content-Type"].startswith("image/") else b""


def is_picture(body: bytes) -> bool:
    return bool(body) and Image.open(BytesIO(body)).format == "JPEG"


async def test_a_receipt_is_decrypted_for_who_may_approve(shop: Shop) -> None:
    await hires(shop)
    receipt = await pictured(shop)
    proof_id = await proved(shop, await ordered(shop), file_id=receipt)
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        assert f'src="/console/files/{receipt}"' in mara.page
        assert is_picture(await looks_at(mara, f"/files/{receipt}"))
        headers = mara.headers
        assert headers["Content-Type"] == "image/jpeg"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Disposition"] == f'inline; filename="proof-{receipt}.jpg"'
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("purpose", "may"), [("proof", "mara"), ("return", "jun"), ("review", "jun"), ("account", "jun"), ("identity", "")]
)
async def test_each_purpose_has_its_right(shop: Shop, purpose: Purpose, may: str) -> None:
    await hires(shop)
    picture = await pictured(shop, purpose=purpose)
    ranks = ["jun", "mara", "ada", "nena"]
    allowed = ranks[ranks.index(may) :] if may else []
    for who in ranks:
        async with browser(shop, who) as visitor:
            body = await looks_at(visitor, f"/files/{picture}")
            assert is_picture(body) == (who in allowed), who
            assert visitor.status == (200 if who in allowed else 403)


async def test_no_byte_of_an_id_is_sent_before_the_look_is_written_down(shop: Shop) -> None:
    await hires(shop)
    paper, selfie = await pictured(shop, 1, purpose="identity"), await pictured(shop, 2, purpose="identity")
    order_id = await ordered(shop)
    proof_id = await proved(shop, order_id, kind="identity", file_id=paper, selfie_file_id=selfie)
    async with browser(shop, "ada") as ada:
        await ada.opens(f"/verification/{proof_id}")
        assert "<img" not in ada.page
        assert "Deleted 30 days after the decision" in ada.page
        for picture in (paper, selfie):
            assert not await looks_at(ada, f"/files/{picture}")
            assert not await looks_at(ada, f"/files/{picture}/open")
        assert await shop.look(LOOKS) == 0
        assert is_picture(await looks_at(ada, f"/files/{paper}/open", proof=str(proof_id)))
        assert ada.headers["Cache-Control"] == "no-store"
    logged = await shop.look(
        "SELECT a.username, l.subject, JSON_VALUE(l.details, '$.proof_id'), JSON_VALUE(l.details, '$.file_id')"
        " FROM console_audit l JOIN admin_users a ON a.id = l.admin_id WHERE l.action = 'identity.viewed'"
    )
    assert logged == ("ada", f"order {order_id}", str(proof_id), str(paper))


async def test_an_id_that_cannot_be_written_down_is_not_sent(shop: Shop) -> None:
    await hires(shop)
    paper, receipt = await pictured(shop, purpose="identity"), await pictured(shop)
    proof_id = await proved(shop, await ordered(shop), kind="identity", file_id=paper)
    other = await proved(shop, await ordered(shop), file_id=receipt)
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        assert not await looks_at(mara, f"/files/{paper}/open", proof=str(proof_id))
        assert mara.status == 403, "a manager has not the right"
    async with browser(shop, "ada") as ada:
        await ada.opens(f"/verification/{proof_id}")
        for picture, proof in ((paper, other), (paper, 0), (paper, "x"), (receipt, other), (999, proof_id)):
            assert not await looks_at(ada, f"/files/{picture}/open", proof=str(proof))
            assert ada.status == 404
        assert not await looks_at(ada, f"/files/{paper}/open", proof=str(proof_id), csrf="guess")
        assert ada.status == 403, "a form of somebody else"
        await shop.run("DELETE FROM stored_file_pieces")
        await shop.run("UPDATE stored_files SET deleted_at = NOW()")
        assert not await looks_at(ada, f"/files/{paper}/open", proof=str(proof_id))
        assert ada.status == 404
        assert "Deleted just now, as the rules say." in await ada.opens(f"/verification/{proof_id}")
    assert await shop.look(LOOKS) == 0


async def test_a_key_that_is_gone_is_told_and_nothing_is_sent(shop: Shop) -> None:
    await hires(shop)
    receipt = await pictured(shop)
    await shop.run("UPDATE stored_files SET sealed_key = 'changed'")
    async with browser(shop, "mara") as mara:
        assert not await looks_at(mara, f"/files/{receipt}")
        assert mara.status == 503
        for path in ("/files/0", "/files/99999999999999999999"):
            await mara.opens(path)
            assert mara.status == 404
