"""What other bots ask of Graph beside sending: conversations, labels, templates, stickers, insights, log-ins."""

from typing import Any

import pytest
from yarl import URL

from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.ad_window import heard
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from bot.workshop.emulator.linking_api import begins
from bot.workshop.emulator.people import Person
from tests.bot.workshop.emulator.peer import Peer
from tests.bot.workshop.emulator.test_sending import refusal


@pytest.fixture
async def ben(peer: Peer, ana: Shopper) -> Shopper:
    """Somebody who has written, so that the window is open."""
    await ana.says("hello", answered=False)
    return ana


def rows(told: Json) -> list[dict[str, Any]]:
    """The entries of a list that Graph has answered with."""
    data = told["data"]
    assert isinstance(data, list)
    return data


async def test_stickers_are_found_by_the_app_and_sent_by_the_page(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    app = emulator.app.app_token
    _, packs = await peer.call("GET", "sticker_packs", token=app)
    pack = rows(packs)[0]["id"]
    _, stickers = await peer.call("GET", f"sticker_packs/{pack}/stickers", token=app)
    _, found = await peer.call("GET", "sticker_search?q=thumbs&locale=en_US", token=app)
    assert len(rows(found)) < len(rows(stickers))
    number = rows(found)[0]["id"]
    assert (await peer.send(ben.psid, {"sticker_id": int(number)}))[0] == 200
    assert refusal(await peer.call("GET", "sticker_packs"))[1] == 15


async def test_a_page_reads_its_own_token_and_that_of_its_owner(peer: Peer, emulator: Emulator) -> None:
    _, told = await peer.call("GET", f"{emulator.app.page_id}?fields=access_token", token=emulator.app.user_token)
    assert told == {"access_token": emulator.app.page_token, "id": emulator.app.page_id}


async def test_what_was_missed_is_read_from_the_conversations(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    await peer.send(ben.psid, {"text": "one"})
    await ben.says("two", answered=False)
    fields = "participants,can_reply,unread_count,messages.limit(2){message,from,tags}"
    _, told = await peer.call("GET", f"me/conversations?platform=messenger&user_id={ben.psid}&fields={fields}")
    (found,) = rows(told)
    assert [one["message"] for one in found["messages"]["data"]] == ["two", "one"]
    assert [one["from"]["id"] for one in found["messages"]["data"]] == [ben.psid, emulator.app.page_id]
    assert (found["can_reply"], found["unread_count"]) == (True, 2)
    _, rest = await peer.call("GET", f"{found['id']}/messages?fields=message&limit=2")
    assert [one["message"] for one in rows(rest)] == ["two", "one"]
    after = as_object(as_object(rest["paging"])["cursors"])["after"]
    _, last = await peer.call("GET", f"{found['id']}/messages?fields=message&limit=2&after={after}")
    assert [one["message"] for one in rows(last)] == ["hello"]
    mid = rows(last)[0]["id"]
    _, one = await peer.call("GET", f"{mid}?fields=message,created_time,from")
    assert (one["id"], one["message"]) == (mid, "hello")
    assert refusal(await peer.call("GET", f"{mid}?fields=colour"))[1] == 100
    assert refusal(await peer.call("GET", "me/conversations?fields=messages{id"))[1] == 2500


async def test_labels_are_stuck_on_people_and_taken_off(peer: Peer, ben: Shopper) -> None:
    _, made = await peer.post("me/custom_labels", {"page_label_name": "suki"})
    label = made["id"]
    assert refusal(await peer.post("me/custom_labels", {"page_label_name": "suki"}))[:2] == (400, 100)
    assert (await peer.post(f"{label}/label", {"user": ben.psid}))[1] == {"success": True}
    _, worn = await peer.call("GET", f"{ben.psid}/custom_labels?fields=page_label_name")
    assert worn["data"] == [{"page_label_name": "suki", "id": label}]
    assert (await peer.call("DELETE", f"{label}/label?user={ben.psid}"))[1] == {"success": True}
    assert (await peer.call("GET", f"{ben.psid}/custom_labels"))[1] == {"data": []}
    assert (await peer.call("GET", f"{label}?fields=page_label_name"))[1] == {"page_label_name": "suki", "id": label}
    assert (await peer.call("DELETE", str(label)))[1] == {"success": True}
    assert refusal(await peer.call("GET", str(label)))[:2] == (400, 100)


async def test_templates_are_picked_from_the_library_and_deleted(peer: Peer) -> None:
    _, library = await peer.call("GET", "message_template_library?name_or_content=shipped&language=en")
    (found,) = rows(library)
    examples = [{"param_name": name, "example": "x"} for name in ("name", "number", "tracking")]
    body = {"type": "BODY", "text": found["body"], "example": {"body_text_named_params": examples}}
    made: Json = {"name": found["name"], "language": "en", "category": "UTILITY", "components": [body]}
    assert (await peer.post("me/message_templates", made))[0] == 200
    assert (await peer.call("DELETE", f"me/message_templates?name={found['name']}"))[1] == {"success": True}
    assert (await peer.call("GET", "me/message_templates"))[1]["data"] == []
    assert refusal(await peer.call("DELETE", "me/message_templates?name=gone"))[1] == 100


async def test_a_callback_is_taken_off(peer: Peer, emulator: Emulator) -> None:
    at, token = f"{emulator.app.app_id}/subscriptions", emulator.app.app_token
    wanted: Json = {
        "object": "page",
        "callback_url": peer.url,
        "verify_token": emulator.app.verify_token,
        "fields": "messages,feed",
    }
    assert (await peer.call("POST", at, wanted, token=token))[0] == 200
    assert (await peer.call("DELETE", f"{at}?object=page&fields=feed", token=token))[1] == {"success": True}
    _, left = await peer.call("GET", at, token=token)
    assert [one["name"] for one in rows(left)[0]["fields"]] == ["messages"]
    assert (await peer.call("DELETE", f"{at}?object=page", token=token))[0] == 200
    assert (await peer.call("GET", at, token=token))[1] == {"data": []}


async def test_a_shopper_logs_in_on_the_bots_own_page(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    opened = URL(begins(emulator.facebook, ben.person, "https://shop.example/login?lang=fil"))
    assert opened.query["lang"] == "fil"
    token = opened.query["account_linking_token"]
    _, told = await peer.call("GET", f"me?fields=recipient&account_linking_token={token}")
    assert told["recipient"] == ben.psid
    back = URL(opened.query["redirect_uri"]).update_query(authorization_code="c-1")
    status, _, said = await peer.fetch(str(back))
    assert (status, said) == (200, b"You are logged in. You can close this page.")
    assert (await peer.fetch(str(back)))[0] == 404, "a log-in is used once"
    assert refusal(await peer.call("GET", f"me?fields=recipient&account_linking_token={token}"))[1] == 10303
    assert (await peer.post("me/unlink_accounts", {"psid": ben.psid}))[1] == {"result": "unlink account success"}
    await emulator.courier.idle()
    linked, unlinked = [item["account_linking"] for item in peer.items("account_linking")]
    assert linked == {"status": "linked", "authorization_code": "c-1"}
    assert unlinked == {"status": "unlinked"}


async def test_insights_count_todays_chats(peer: Peer, ben: Shopper) -> None:
    _, told = await peer.call("GET", "me/insights?metric=page_messages_new_conversations_unique&period=day")
    assert rows(told)[0]["values"][0]["value"] == 1
    assert (await peer.call("GET", "me/insights/page_messages_active_threads_unique"))[0] == 200
    assert refusal(await peer.call("GET", "me/insights?metric=page_fans"))[1] == 100


def test_the_first_message_behind_an_ad_opens_seven_days_and_the_longer_end_wins() -> None:
    hour = 3_600_000
    ana = Person("7", "Ana Cruz", "en_US")
    heard(ana, "referral", {"source": "ADS", "ad_id": "120208"}, 0)
    ana.acts(hour)
    heard(ana, "message", {"text": "interested"}, hour)
    assert ana.window_open(7 * 24 * hour)
    ana.acts(6 * 24 * hour)
    heard(ana, "message", {"text": "a later one"}, 6 * 24 * hour)
    assert ana.window_open(7 * 24 * hour)
    assert not ana.window_open(7 * 24 * hour + hour)


async def test_the_ids_of_a_person_and_what_the_page_posts(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    _, told = await peer.call("GET", f"{ben.psid}/ids_for_pages")
    assert rows(told) == [{"id": ben.psid, "page": {"id": emulator.app.page_id, "name": emulator.app.page_name}}]
    _, told = await peer.call("GET", f"{ben.psid}/ids_for_apps")
    assert rows(told) == []
    _, post = await peer.post("me/feed", {"message": "New mugs"})
    _, photo = await peer.post("me/photos", {"url": f"{peer.base}/picture/0.jpg", "caption": "Blue mug"})
    assert [emulator.facebook.wall.posts[str(one)] for one in (post["id"], photo["post_id"])] == [
        "New mugs",
        "Blue mug",
    ]
    assert refusal(await peer.post("me/feed", {}))[1] == 100
    assert refusal(await peer.post("me/photos", {}))[1] == 324


async def test_what_is_deleted_may_be_named_in_capitals(peer: Peer, ben: Shopper) -> None:
    menu = [{"locale": "default", "call_to_actions": [{"type": "postback", "title": "A", "payload": "A"}]}]
    await peer.post("me/messenger_profile", {"get_started": {"payload": "G"}, "persistent_menu": menu})
    await peer.post("me/custom_user_settings", {"psid": ben.psid, "persistent_menu": menu})
    own: Json = {"psid": ben.psid, "params": ["PERSISTENT_MENU"]}
    assert (await peer.call("DELETE", "me/custom_user_settings", own))[0] == 200
    assert (await peer.call("DELETE", "me/messenger_profile", {"fields": ["PERSISTENT_MENU"]}))[0] == 200
