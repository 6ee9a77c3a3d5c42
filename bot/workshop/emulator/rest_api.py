"""The smaller things that bots ask of Graph: stickers, insights, features, and the library of utility templates."""

from datetime import UTC, datetime, timedelta

from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.nested import paged
from bot.workshop.emulator.people import Said, Sent

#: The app that Facebook's own inbox is (Meta's "Conversation Routing" page).
PAGE_INBOX = "263902037430900"
_PACK = "227877430692340"
_STICKERS: dict[str, str] = {
    "369239263222822": "Thumbs up",
    "369239343222814": "Larger thumbs up",
    "369239383222810": "Largest thumbs up",
    "767226160478561": "Parcel",
}
_INSIGHTS = {
    "page_messages_new_conversations_unique": "New conversations",
    "page_messages_total_messaging_connections": "People who can be written to",
    "page_messages_active_threads_unique": "Active conversations",
    "page_messages_blocked_conversations_unique": "Blocked conversations",
    "page_messages_reported_conversations_unique": "Reported conversations",
}
_LIBRARY: tuple[tuple[str, str, str], ...] = (
    ("order_shipped", "SHIPPING_CONFIRMATION", "Hi {{name}}, order {{number}} is on its way. Track it: {{tracking}}."),
    ("order_delivered", "DELIVERY_UPDATE", "Hi {{name}}, order {{number}} was delivered. Thank you."),
    ("order_delayed", "DELIVERY_FAILED", "Hi {{name}}, order {{number}} is delayed. We expect it on {{day}}."),
    ("payment_received", "PAYMENT_CONFIRMATION", "Hi {{name}}, we received {{amount}} for order {{number}}."),
)


async def list_sticker_packs(facebook: Facebook, call: Call) -> Answer:
    """`GET /sticker_packs`, with the app's token (changelog of 1 June 2026)."""
    _needs_app_token(facebook, call)
    return answer(paged([{"id": _PACK, "name": "Likes"}], call))


async def list_stickers(facebook: Facebook, call: Call) -> Answer:
    """`GET /sticker_packs/<pack>/stickers`."""
    _needs_app_token(facebook, call)
    if call.path[1] != _PACK:
        raise Refusal(100, "There is no such sticker pack")
    return answer(paged(_found(""), call))


async def search_stickers(facebook: Facebook, call: Call) -> Answer:
    """`GET /sticker_search?q=&locale=`."""
    _needs_app_token(facebook, call)
    if not call.text("q"):
        raise Refusal(100, "The parameter q is required")
    return answer(paged(_found(call.text("q").casefold()), call))


async def get_insights(facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/insights?metric=...`: counted from the chats of today."""
    metrics = call.words("metric") or [call.path[-1]]
    if unknown := [name for name in metrics if name not in _INSIGHTS]:
        raise Refusal(100, f"The value must be a valid insights metric, not {unknown[0][:60]}")
    now = datetime.fromtimestamp(facebook.time.now_ms() / 1000, UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    began, end = int(today.timestamp() * 1000), (today + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    talking = [
        [item for item in person.chat if isinstance(item, Said | Sent)]
        for person in facebook.people
        if person.last_action is not None
    ]
    counted = {
        "page_messages_new_conversations_unique": sum(bool(chat) and chat[0].at >= began for chat in talking),
        "page_messages_total_messaging_connections": len(talking),
        "page_messages_active_threads_unique": sum(bool(chat) and chat[-1].at >= began for chat in talking),
    }
    rows: list[Json] = [
        {
            "name": name,
            "period": "day",
            "values": [{"value": counted.get(name, 0), "end_time": end}],
            "title": _INSIGHTS[name],
            "id": f"{facebook.app.page_id}/insights/{name}/day",
        }
        for name in metrics
    ]
    return answer({"data": rows})


async def list_library(_facebook: Facebook, call: Call) -> Answer:
    """`GET /message_template_library?name_or_content=&language=`."""
    like = call.text("name_or_content").casefold()
    language = call.text("language") or "en"
    rows: list[Json] = [
        {
            "name": name,
            "language": language,
            "category": "UTILITY",
            "topic": "ORDER_MANAGEMENT",
            "usecase": usecase,
            "industry": ["E_COMMERCE"],
            "body": body,
            "body_params": [],
            "id": f"{7_138_055_039_625_658 + index}",
        }
        for index, (name, usecase, body) in enumerate(_LIBRARY)
        if like in name or like in body.casefold()
    ]
    return answer(paged(rows, call))


async def list_receivers(_facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/secondary_receivers`: the apps that a conversation can be passed to; here the page's own inbox."""
    return answer(paged([{"id": PAGE_INBOX, "name": "Page Inbox"}], call))


async def list_features(_facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/messaging_feature_review`."""
    return answer(paged([{"feature": "HUMAN_AGENT", "status": "APPROVED"}], call))


async def set_nlp(_facebook: Facebook, _call: Call) -> Answer:
    """`POST /<page>/nlp_configs`; nothing is read out of texts here, as for a page without a model."""
    return SUCCESS


def _found(like: str) -> list[Json]:
    return [{"id": number, "label": name} for number, name in _STICKERS.items() if like in name.casefold()]


def _needs_app_token(facebook: Facebook, call: Call) -> None:
    if call.token != facebook.app.app_token:
        raise Refusal(15, "This method must be called with an app access_token.")
