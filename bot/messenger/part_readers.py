"""How the pieces of events are read: attachments, shared products, referrals."""

from bot.messenger.event import MAX_MID
from bot.messenger.lenient import Object, a_list, an_object, number, text, whole
from bot.messenger.parts import Attachment, Booking, ReferralDetails, SharedCard, SharedProduct

_CARDS_MOST = 10


def read_reply_to(message: Object) -> str:
    """The `mid` of the message that this one answers, or ""."""
    return text(an_object(message.get("reply_to")).get("mid"))[:MAX_MID]


def read_attachments(message: Object, most: int) -> tuple[Attachment, ...]:
    """The attachments of a message; a sticker that came in two shapes at once is one (1 June to 30 August 2026).

    Args:
        message: The message.
        most: Attachments at most.
    """
    read = [read_attachment(an_object(one), message) for one in a_list(message.get("attachments"))[:most]]
    seen: set[str] = set()
    kept = []
    for one in read:
        if not one.sticker_id or one.sticker_id not in seen:
            kept.append(one)
        seen.add(one.sticker_id)
    return tuple(kept)


def read_attachment(attachment: Object, message: Object) -> Attachment:
    """One attachment of a message; Facebook once kept its title, URL or sticker id outside the payload."""
    payload = an_object(attachment.get("payload"))
    kind = text(attachment.get("type"))
    sticker_id = text(payload.get("sticker_id"))
    if not sticker_id and kind in ("image", "sticker"):
        sticker_id = text(message.get("sticker_id"))
    coordinates = an_object(payload.get("coordinates"))
    elements = a_list(an_object(payload.get("product")).get("elements"))
    return Attachment(
        type="sticker" if sticker_id else kind,
        url=text(payload.get("url")) or text(attachment.get("url")) or text(attachment.get("URL")),
        title=text(payload.get("title")) or text(attachment.get("title")),
        sticker_id=sticker_id,
        attachment_id=text(payload.get("attachment_id")),
        latitude=number(coordinates.get("lat")),
        longitude=number(coordinates.get("long")),
        products=tuple(_product(an_object(element)) for element in elements),
        cards=tuple(_card(an_object(element)) for element in a_list(payload.get("elements"))[:_CARDS_MOST]),
        post_id=text(payload.get("id")) or text(payload.get("reel_video_id")),
        booking=_booking(payload) if kind == "appointment_booking" else None,
    )


def _card(element: Object) -> SharedCard:
    buttons = map(an_object, a_list(element.get("buttons")))
    return SharedCard(
        title=text(element.get("title")),
        image_url=text(element.get("image_url")),
        payloads=tuple(payload for button in buttons if (payload := text(button.get("payload")))),
    )


def _booking(payload: Object) -> Booking:
    return Booking(
        id=text(payload.get("booking_id")),
        status=text(payload.get("status")),
        starts=whole(payload.get("start_time"), 0),
        ends=whole(payload.get("end_time"), 0),
        timezone=text(payload.get("timezone")),
    )


def _product(element: Object) -> SharedProduct:
    return SharedProduct(
        id=text(element.get("id")),
        retailer_id=text(element.get("retailer_id")),
        title=text(element.get("title")),
        subtitle=text(element.get("subtitle")),
        image_url=text(element.get("image_url")),
    )


def read_referral(value: object) -> ReferralDetails | None:
    """Where the shopper came from, if this says so."""
    if not isinstance(value, dict):
        return None
    context = an_object(value.get("ads_context_data"))
    return ReferralDetails(
        ref=text(value.get("ref")),
        source=text(value.get("source")),
        type=text(value.get("type")),
        ad_id=text(value.get("ad_id")),
        ad_title=text(context.get("ad_title")),
        post_id=text(context.get("post_id")),
        referer_uri=text(value.get("referer_uri")),
        product_id=text(an_object(value.get("product")).get("id")) or text(context.get("product_id")),
    )
