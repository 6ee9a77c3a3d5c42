"""What a text wants to look at: a list by what is said of its products, or one product more closely."""

from collections.abc import Iterator, Mapping

from bot.language.buying.looking import Look, look_in
from bot.language.buying.sending import fee_to
from bot.language.texts import is_question
from dialogs.engine.heard import Looks
from dialogs.reading.candidate import LIKELY, POSSIBLE, Candidate, Kind
from dialogs.reading.context import Context
from dialogs.states import InCheckout
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from replies.codec import Tap
from replies.taps import OpenProduct
from replies.taps_looking import BrowseBrands, OpenList, SeePictures, SeePoints, SeePrices, ShareProduct, SortList

_IN_CHECKOUT = frozenset({"best", "sale", "brands"})
"""What is plainly no answer to any question of checkout."""
_CALLED: Mapping[str, tuple[Kind, str]] = {"sale": ("canned", "promos"), "prices": ("canned", "price")}
"""What merchants have words of their own for as well."""
_WHY = "it asks for a list, or for more of one product, and names nothing else"


def read_look(text: str, context: Context) -> Iterator[Candidate]:
    """A list that is asked for by what is said of its products, or what is asked about the one on show."""
    if context.listens:
        return
    if place := fee_to(text):
        heard = Looks(text=text, kind="fee", city=place.city, province=place.province)
        why = "it asks what sending to a place costs"
        yield Candidate(
            kind="canned", name="shipping_fee", value=place.city or place.province, score=LIKELY, why=why, heard=heard
        )
        return
    look = look_in(text)
    if look is None or (isinstance(context.state, InCheckout) and not _is_asked_in_checkout(look, text)):
        return
    product_id = _product(context)
    if tap := _tap(look, product_id, context):
        kind, name = _CALLED.get(look.kind, ("command", look.kind))
        yield Candidate(kind=kind, name=name, value=text, score=LIKELY, why=_WHY, heard=tap)
    elif look.kind == "arrives" and look.place:
        heard = Looks(text=text, kind="arrives", city=look.place.city, province=look.place.province)
        why = "it asks how long something takes to a place"
        yield Candidate(kind="canned", name="delivery_time", score=LIKELY, why=why, heard=heard)
    elif look.kind == "sizes":
        heard = Looks(text=text, kind="sizes", product_id=product_id)
        yield Candidate(kind="canned", name="size", value=text, score=POSSIBLE, why=_WHY, heard=heard)


def _is_asked_in_checkout(look: Look, text: str) -> bool:
    """Whether a look answers no question of checkout: "how many days to Davao" is one of the shopper's."""
    return look.kind in _IN_CHECKOUT or (look.kind == "arrives" and look.place is not None and is_question(text))


def _product(context: Context) -> int:
    """The one product that is meant: replied to, open, or alone on show; 0 for none."""
    return context.goods[0].product_id if len(context.goods) == 1 else 0


def _tap(look: Look, product_id: int, context: Context) -> Tap | None:
    is_open = bool(product_id) and isinstance(context.state, ViewingProduct | ChoosingVariant)
    match look.kind:
        case "new" | "best" | "sale":
            return OpenList(kind=look.kind)
        case "cheap" if is_open:
            return OpenList(kind="similar", of=product_id, sort="cheap")
        case "cheap" | "dear":
            return SortList(sort=look.kind)
        case "prices" | "brands" | "specs" if is_open:
            return OpenProduct(product_id=product_id)
        case "prices":
            return SeePrices()
        case "brands":
            return BrowseBrands()
        case "share":
            return ShareProduct(product_id=product_id)
        case "points":
            return SeePoints()
    if not product_id:
        return None
    match look.kind:
        case "similar":
            return OpenList(kind="similar", of=product_id)
        case "specs":
            return OpenProduct(product_id=product_id)
        case "pictures":
            return SeePictures(product_id=product_id)
    return None
