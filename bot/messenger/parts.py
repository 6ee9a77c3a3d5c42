"""The pieces that Messenger's events are made of: attachments, shared products, referrals, cart lines, answers."""

import msgspec

LIKES = frozenset({"369239263222822", "369239343222814", "369239383222810"})
"""The three sizes of the thumbs-up that sits beside the text box, as sticker ids."""


class SharedProduct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product of the page's Facebook catalogue that a shopper shared into the chat."""

    id: str = ""
    retailer_id: str = ""
    title: str = ""
    subtitle: str = ""
    image_url: str = ""


class Booking(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An appointment that was booked in Messenger: `status` is requested, confirmed, declined or cancelled.

    The times are seconds, as Facebook gives them here alone (messages page, 1 June 2026); 0 where it gives none.
    """

    id: str = ""
    status: str = ""
    starts: int = 0
    ends: int = 0
    timezone: str = ""


class SharedCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One card of a template that was sent on, with the payloads of its buttons where Facebook tells them."""

    title: str = ""
    image_url: str = ""
    payloads: tuple[str, ...] = ()


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attachment of a message: image, video, audio, file, sticker, fallback (a shared link), template, location...

    `type` is Messenger's word, except that a sticker is always `sticker`: until 30 August 2026 Facebook sent it as an
    `image` with a `sticker_id`. A URL on Facebook's CDN expires: `file_id` is the file that is kept in its place, and
    `trouble` says in a word why none is; until somebody has looked for it both are empty. `post_id` is of a shared post
    or reel; Facebook writes it as a number.
    """

    type: str
    url: str = ""
    title: str = ""
    sticker_id: str = ""
    attachment_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    products: tuple[SharedProduct, ...] = ()
    cards: tuple[SharedCard, ...] = ()
    post_id: str = ""
    booking: Booking | None = None
    file_id: int = 0
    trouble: str = ""

    @property
    def is_like(self) -> bool:
        """Whether this is the thumbs-up, in any of its sizes."""
        return self.sticker_id in LIKES


class ReferralDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a shopper came from: an m.me link, an ad, a product in the page's Facebook shop.

    `ref` is what the link carried, `source` is SHORTLINK, ADS, CUSTOMER_CHAT_PLUGIN...; Facebook promises neither.
    `ad_title` and `post_id` are of an ad's `ads_context_data`: what stands on it, and the post that it was made of.
    """

    ref: str = ""
    source: str = ""
    type: str = ""
    ad_id: str = ""
    ad_title: str = ""
    post_id: str = ""
    referer_uri: str = ""
    product_id: str = ""


class OrderedProduct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a cart filled in Facebook's own shop. The price is the sender's text: look up our own."""

    id: str = ""
    retailer_id: str = ""
    name: str = ""
    unit_price: str = ""
    currency: str = ""
    quantity: int = 1


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One answer on a form: the customer information form, or a feedback form (then with its type and comment)."""

    key: str
    value: str = ""
    type: str = ""
    comment: str = ""


class AppRole(msgspec.Struct, frozen=True, kw_only=True):
    """Which part an app plays in a page's conversations, in the older words: primary_receiver, secondary_receiver."""

    app_id: str
    role: str
