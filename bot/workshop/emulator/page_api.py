"""What belongs to the page: files for reuse, personas and subscriptions."""

from bot.messenger import limits
from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call, as_object
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.linking_api import recipient_of
from bot.workshop.emulator.meta_errors import refusal

_KINDS = ("image", "audio", "video", "file", "template")


async def get_page(facebook: Facebook, call: Call) -> Answer:
    """`GET /me?fields=id,name,access_token`, and `recipient` while somebody logs in ("Account Linking" page)."""
    known: Json = {"id": facebook.app.page_id, "name": facebook.app.page_name, "category": "Shopping & retail"}
    wanted = call.words("fields")
    if "access_token" in wanted and call.token != facebook.app.app_token:
        known["access_token"] = facebook.app.page_token
    if "recipient" in wanted:
        known["recipient"] = recipient_of(facebook, call.text("account_linking_token"))
    if "messaging_feature_status" in wanted:
        known["messaging_feature_status"] = {"hop_v2": True, "msgr_multi_app": True, "ig_multi_app": True}
    return answer({name: value for name, value in known.items() if name == "id" or name in (wanted or ("name",))})


async def keep_attachment(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/message_attachments`, by address or with the file."""
    attachment = as_object(call.object("message").get("attachment"))
    kind = attachment.get("type")
    if kind not in _KINDS:
        raise Refusal(100, "Param message[attachment][type] must be one of image, audio, video, file, template")
    url = as_object(attachment.get("payload")).get("url")
    if call.upload is not None:
        if isinstance(kind, str) and kind != "file" and not call.upload.content_type.startswith(f"{kind}/"):
            raise refusal(100, 2018047)
        url = facebook.serves(call.upload.content, call.upload.content_type)
    if not isinstance(url, str) or not url:
        raise refusal(100, 2018008)
    return answer({"attachment_id": facebook.attach(url)})


async def add_persona(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/personas`."""
    name, picture = call.text("name"), call.text("profile_picture_url")
    if not 0 < len(name) <= limits.PERSONA_NAME:
        raise Refusal(100, f"Param name must have 1 to {limits.PERSONA_NAME} characters")
    if not picture:
        raise Refusal(100, "The parameter profile_picture_url is required")
    number = f"{2_400_000_000_000_000 + facebook.number():d}"
    facebook.personas[number] = {"id": number, "name": name, "profile_picture_url": picture}
    facebook.feed.tell("people", "")
    return answer({"id": number})


async def list_personas(facebook: Facebook, _call: Call) -> Answer:
    """`GET /<page>/personas`."""
    return answer({"data": list(facebook.personas.values())})


async def get_persona(facebook: Facebook, call: Call) -> Answer:
    """`GET /<persona>`."""
    return answer(facebook.personas[call.path[0]])


async def delete_persona(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /<persona>`."""
    del facebook.personas[call.path[0]]
    return SUCCESS


async def subscribe(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/subscribed_apps?subscribed_fields=...`."""
    if "pages_manage_metadata" not in facebook.scopes:
        raise Refusal(200, "Requires pages_manage_metadata permission to manage the object", status=403)
    fields = call.words("subscribed_fields")
    if not fields:
        raise Refusal(100, "The parameter subscribed_fields is required")
    facebook.subscribes(tuple(fields))
    return SUCCESS


async def unsubscribe(facebook: Facebook, _call: Call) -> Answer:
    """`DELETE /<page>/subscribed_apps`."""
    facebook.subscribes(())
    return SUCCESS


async def list_subscribed(facebook: Facebook, _call: Call) -> Answer:
    """`GET /<page>/subscribed_apps`."""
    if not facebook.subscribed:
        return answer({"data": []})
    entry: Json = {
        "category": "Business",
        "link": "https://www.facebook.com/games/?app_id=" + facebook.app.app_id,
        "name": facebook.app.app_name,
        "id": facebook.app.app_id,
        "subscribed_fields": list(facebook.subscribed),
    }
    return answer({"data": [entry]})
