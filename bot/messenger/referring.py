"""Where an event comes from: one small reader of links, ads, Facebook's shop, shared posts, products and carts.

Sources: contract, section 2 (`messages`, `messaging_referrals`, `send_cart`); Meta's changelog of 26 March 2026 for
`post` and `reel`.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from bot.language.arriving.links import Linked, bare_post_id, is_title, links_in, post_of
from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, Optin, Postback, Referral, SendCart, TextMessage
from bot.messenger.parts import Attachment, ReferralDetails, SharedProduct

Kind = Literal["link", "ad", "shop", "post", "product", "card", "cart", "comment"]
"""By what way somebody came. `comment` is for what is answered privately below a post."""
GOODS_MOST = 100
"""Shared products that are looked at."""
_POSTS = ("post", "ig_post", "reel", "ig_reel", "share")


class Shared(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something of a catalogue that was shared.

    Attributes:
        code: Its number for the shop, or Facebook's; empty where neither is told.
        title: What it is called.
        facebook_id: Facebook's number, where the shop's is told too.
    """

    code: str = ""
    title: str = ""
    facebook_id: str = ""


class Came(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where somebody comes from.

    Attributes:
        kind: By what way; empty where they only sent an address that leads elsewhere.
        ref: What the link or ad carried.
        ad_id: The ad.
        ad_title: What stands on it.
        post_id: The page's post, without the page's id in front.
        goods: What was shared or opened of a catalogue.
        titles: What posts, reels and pages are called that were shared; never an address.
    """

    kind: Kind | Literal[""] = ""
    ref: str = ""
    ad_id: str = ""
    ad_title: str = ""
    post_id: str = ""
    goods: tuple[Shared, ...] = ()
    titles: tuple[str, ...] = ()


def came_from(event: Event) -> Came | None:
    """Where an event comes from; None where it does not say so.

    Args:
        event: Any event.
    """
    match event:
        case TextMessage():
            return _of_message(event.referral, event.attachments, links_in(event.text))
        case AttachmentMessage():
            return _of_message(event.referral, event.attachments, links_in(event.text))
        case Referral() | Postback() if event.referral:
            return _referred(event.referral)
        case Optin() if event.ref:
            return Came(kind="link", ref=event.ref)
        case SendCart():
            return Came(kind="cart")
    return None


def _of_message(referral: ReferralDetails | None, attachments: Sequence[Attachment], linked: Linked) -> Came | None:
    came = _referred(referral) if referral else None
    shared = _shared(attachments)
    typed = _linked(linked)
    both = [one for one in (came, shared, typed) if one]
    if not both:
        return None
    return Came(
        kind=next((one.kind for one in both if one.kind), ""),
        ref=next((one.ref for one in both if one.ref), ""),
        ad_id=came.ad_id if came else "",
        ad_title=came.ad_title if came else "",
        post_id=next((one.post_id for one in both if one.post_id), ""),
        goods=tuple(goods for one in both for goods in one.goods),
        titles=tuple(dict.fromkeys(title for one in both for title in one.titles)),
    )


def _referred(referral: ReferralDetails) -> Came | None:
    is_ad = bool(referral.ad_id or referral.ad_title) or referral.source.upper() == "ADS"
    goods = (Shared(code=referral.product_id),) if referral.product_id else ()
    if not (is_ad or goods or referral.ref or referral.post_id):
        return None
    return Came(
        kind="ad" if is_ad else "shop" if goods and not referral.ref else "link",
        ref=referral.ref,
        ad_id=referral.ad_id,
        ad_title=referral.ad_title,
        post_id=bare_post_id(referral.post_id),
        goods=goods,
        titles=(referral.ad_title,) if is_title(referral.ad_title) else (),
    )


def _shared(attachments: Sequence[Attachment]) -> Came | None:
    goods = tuple(_goods(product) for one in attachments for product in one.products)[:GOODS_MOST]
    if goods:
        return Came(kind="product", goods=goods)
    if cards := tuple(Shared(title=card.title) for one in attachments for card in one.cards if card.title):
        return Came(kind="card", goods=cards)
    posts = [one for one in attachments if one.type in _POSTS or (one.type == "fallback" and (one.url or one.title))]
    if not posts:
        return None
    post_id = next(filter(None, (bare_post_id(one.post_id) or post_of(one.url) for one in posts)), "")
    is_post = bool(post_id) or any(one.type in _POSTS for one in posts)
    return Came(kind="post" if is_post else "", post_id=post_id, titles=tuple(_titles(posts)))


def _goods(product: SharedProduct) -> Shared:
    return Shared(
        code=product.retailer_id or product.id,
        title=product.title,
        facebook_id=product.id if product.retailer_id or product.title else "",
    )


def _titles(posts: Sequence[Attachment]) -> Iterator[str]:
    return (one.title for one in posts if is_title(one.title))


def _linked(linked: Linked) -> Came | None:
    if not linked.urls or linked.pin:
        return None
    kind: Kind | Literal[""] = "link" if linked.ref else "post" if linked.post_id else ""
    return Came(kind=kind, ref=linked.ref, post_id=bare_post_id(linked.post_id))
