"""How the pieces of events are read: attachments, shared products, referrals."""

from bot.messenger.event import MAX_MID
from bot.messenger.lenient import Object, a_list, an_object, number, text
from bot.messenger.parts import Attachment, ReferralDetails, SharedProduct


def read_reply_to(message: Object) -> str:
    """The `mid` of the message that this one answers, or ""."""
    return text(an_object(message.get("reply_to")).get("mid"))[:MAX_MID]


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
    return ReferralDetails(
        ref=text(value.get("ref")),
        source=text(value.get("source")),
        type=text(value.get("type")),
        ad_id=text(value.get("ad_id")),
        referer_uri=text(value.get("referer_uri")),
        product_id=text(an_object(value.get("product")).get("id"))
        or text(an_object(value.get("ads_context_data")).get("product_id")),
    )
