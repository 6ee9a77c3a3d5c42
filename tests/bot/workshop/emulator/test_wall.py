"""The page's posts: what the page may read and write there, and how many private replies it may send."""

from bot.messenger import limits
from bot.workshop.emulator import Emulator, Shopper, wall
from bot.workshop.emulator.calls import as_object
from tests.bot.workshop.emulator.peer import Peer
from tests.bot.workshop.emulator.test_recipients import to
from tests.bot.workshop.emulator.test_sending import refusal


async def test_a_post_is_read_and_a_comment_answered_for_all_to_see(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    name = wall.publishes(emulator.facebook, "A1 - Blue mug", live=True)
    status, told = await peer.call("GET", f"{name}?fields=message")
    assert (status, told["message"]) == (200, "A1 - Blue mug")
    comment = await ana.comments("A1", post=name)
    status, made = await peer.post(f"{comment}/comments", {"message": "Check your inbox!"})
    assert status == 200
    await emulator.courier.idle()
    posted, written, answered = [as_object(change["value"]) for change in peer.changes()]
    assert (posted["item"], posted["message"]) == ("video", "A1 - Blue mug")
    assert as_object(written["post"])["status_type"] == "added_live_video"
    assert (answered["comment_id"], answered["parent_id"]) == (made["id"], comment)
    assert as_object(answered["from"])["id"] == emulator.app.page_id
    assert refusal(await peer.post(f"{comment}/comments", {"message": " "})) == (400, 100, 0)
    assert refusal(await peer.post("9_999/comments", {"message": "x"}))[1] == 2500


async def test_a_comment_that_is_changed_and_taken_away(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    comment = await ana.comments("A1", post="7")
    await ana.edits_comment(comment, "A2")
    await ana.removes_comment(comment)
    told = [as_object(change["value"]) for change in peer.changes()]
    assert [(one["verb"], one.get("message")) for one in told] == [("add", "A1"), ("edited", "A2"), ("remove", None)]
    assert refusal(await peer.post("me/messages", to("comment_id", comment))) == (400, 100, 2534025)


async def test_seven_hundred_and_fifty_private_replies_an_hour(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    emulator.facebook.wall.answered.extend([emulator.time.now_ms()] * (limits.PRIVATE_REPLIES - 1))
    first, second = await ana.comments("A1", post="7"), await ana.comments("A1", post="7")
    assert (await peer.post("me/messages", to("comment_id", first)))[0] == 200
    assert refusal(await peer.post("me/messages", to("comment_id", second)))[1] == 613
    emulator.time.advance(hours=1)
    assert (await peer.post("me/messages", to("comment_id", second)))[0] == 200
