"""What holds of every turn by itself: a tap does what it says, and nothing is asked twice that was answered."""

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from bot.language.fold import fold
from bot.language.texts import is_no, is_yes
from bot.workshop.replay.always.figures import wrong_figures
from bot.workshop.replay.always.taken import Taken
from dialogs.checkout.draft import NAME_MOST
from dialogs.checkout.form import question_of
from dialogs.checkout.question import When
from dialogs.engine.heard import Typed
from dialogs.states import (
    AskingPhone,
    AskingRecipient,
    CancellingOrder,
    EmptyingCart,
    InCheckout,
    ListingOrders,
    OrderPlaced,
    ViewingOrder,
)
from dialogs.states_looking import (
    BrowsingBrands,
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    ChoosingVariant,
    Searching,
    ViewingProduct,
)
from replies import taps
from replies.codec import Tap

_ANSWERS = (taps.Skip, taps.Keep, taps.UseOwnName, taps.UsePlace, taps.ChooseZone, taps.PayWith, taps.UseAddress)
"""Taps that answer a question of checkout."""
_SAYS: Mapping[type[msgspec.Struct], str] = {
    taps.Help: "welcome.help",
    taps.OpenCart: "cart.",
    taps.MyOrders: "orders.",
    taps.BrowseCategories: "browsing.",
    taps.OpenFeatured: "browsing.",
    taps.ViewPromos: "promos.",
    taps.TalkToPerson: "talk.",
    taps.EmptyCart: "cart.",
}
"""What is said at a tap, by how the reply's name begins."""
_LISTS = (
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    BrowsingBrands,
    Searching,
    ListingOrders,
)
_KEPT = ("recipient", "phone", "line1", "city")
"""What an answer to something else never takes away."""


def wrong_in(turn: Taken) -> str:
    """What never may be and is so in a turn, in words; empty where all is well.

    Args:
        turn: The turn.
    """
    if turn.is_quiet:
        return ""
    return next((wrong for check in _CHECKS for wrong in check(turn)), "")


def _asked_twice(turn: Taken) -> Iterator[str]:
    """Nothing is asked again that is known, once an answer was taken."""
    if not isinstance(turn.before, InCheckout) or not isinstance(turn.after, InCheckout):
        return
    before, after = question_of(turn.before), question_of(turn.after)
    was_taken = bool(before.fills) and not getattr(turn.draft, before.fills[0], True)
    was_taken = was_taken and bool(getattr(turn.draft_after, before.fills[0]))
    if not was_taken and not isinstance(turn.heard, _ANSWERS):
        return
    is_known = bool(after.fills) and bool(getattr(turn.draft_after, after.fills[0]))
    if after.when in (When.ALWAYS, When.DETAIL) and is_known:
        yield f"“{after.part}” was asked, and its answer is known."
    elif after.is_optional and after.part in turn.draft.asked and after.part != before.part:
        yield f"“{after.part}” was asked, and had been passed over."
    elif was_taken and type(turn.after) is type(turn.before):
        yield f"“{after.part}” was answered, and asked again."
    elif isinstance(turn.heard, taps.Skip | taps.Keep) and before.is_optional and turn.after == turn.before:
        yield f"“{after.part}” was passed over, and asked again."


def _forgotten(turn: Taken) -> Iterator[str]:
    """An answer stays while the order is made, whatever else is said."""
    if isinstance(turn.after, InCheckout) and not isinstance(turn.heard, taps.NewAddress | taps.UseAddress):
        for field in _KEPT:
            if getattr(turn.draft, field) and not getattr(turn.draft_after, field):
                yield f"The {field} was known, and is forgotten."


def _taken_as_typed(turn: Taken) -> Iterator[str]:
    """A name and a number are those that were typed."""
    if not isinstance(turn.heard, Typed):
        return
    text, name, phone = turn.heard.text, turn.draft_after.recipient, turn.draft_after.phone
    if isinstance(turn.before, AskingRecipient) and name != turn.draft.recipient:
        said = set(re.findall(r"\w+", fold(f"{text} {turn.own_name}")))
        kept = re.findall(r"\w+", fold(name))  # its end may have been cut
        if strange := [word for word in kept if not any(each.startswith(word) for each in said)]:
            yield f"The name {strange[0]!r} was never typed."
    if isinstance(turn.before, AskingPhone) and phone != turn.draft.phone:
        digits = re.sub(r"\D", "", text)
        if digits and phone[-9:] not in digits:
            yield "The phone number is another than was typed."
        if not re.fullmatch(r"\+63\d{9,10}", phone):
            yield "The phone number is none."


def _as_answered(turn: Taken) -> Iterator[str]:
    """What is asked before something is taken away is done at a yes, and at nothing else."""
    if (
        isinstance(turn.heard, Tap)
        and "orders.cancelled" in turn.said
        and type(turn.heard) is not taps.ConfirmCancelOrder
    ):
        yield f"A tap on {type(turn.heard).__name__} cancelled an order."
    if not isinstance(turn.heard, Typed) or not isinstance(turn.before, CancellingOrder | EmptyingCart):
        return
    done = "orders.cancelled" if isinstance(turn.before, CancellingOrder) else "cart.empty"
    if is_no(turn.heard.text) and done in turn.said:
        yield f"A no was typed, and {done} was answered."
    if is_yes(turn.heard.text) and done not in turn.said and "orders.cannot_cancel" not in turn.said:
        yield f"A yes was typed, and not {done} was answered."


def _leads_on(turn: Taken) -> Iterator[str]:
    """A tap leads where it says."""
    if wrong := _led_astray(turn):
        yield wrong
    if isinstance(turn.heard, taps.GoBack) and turn.after == turn.before and isinstance(turn.before, InCheckout):
        yield "“Back” leads nowhere."
    starts = next((starts for kind, starts in _SAYS.items() if isinstance(turn.heard, kind)), "")
    if starts and not any(name.startswith(starts) for name in turn.said):
        yield f"A tap on {type(turn.heard).__name__} was answered by {', '.join(turn.said) or 'nothing'}."


def _led_astray(turn: Taken) -> str:
    match turn.heard:
        case taps.OpenProduct() | taps.ChooseVariant() as tap:
            return _shows_product(turn, tap)
        case taps.OpenOrder() | taps.CancelOrder() | taps.ConfirmCancelOrder() as tap:
            return _opens_order(turn, tap)
        case taps.BrowseCategories() | taps.OpenFeatured() | taps.MyOrders() as tap:
            return _opens_page(turn, tap)
        case taps.OpenCategory() as tap:
            return _opens_category(turn, tap)
        case taps.ShowMore() | taps.ShowPrevious() | taps.MoreResults() as tap:
            return _goes_on(turn, tap)
        case taps.PayWith() as tap:
            return _is_paid_so(turn, tap)
        case taps.UseAddress() as tap:
            return _is_sent_there(turn, tap)
        case taps.SetLanguage() as tap:
            return _is_spoken(turn, tap)
        case taps.Confirm():
            return _is_placed(turn)
        case taps.UseOwnName() if turn.own_name and turn.draft_after.recipient != turn.own_name[:NAME_MOST]:
            return "The name that was tapped is not the one that was kept."
        case taps.Cancel() if isinstance(turn.before, InCheckout) and isinstance(turn.after, InCheckout):
            return "Checkout was cancelled, and goes on."
        case taps.RemovePromo() if turn.draft_after.promo_code:
            return "A code was taken away, and is still there."
    return ""


def _shows_product(turn: Taken, tap: taps.OpenProduct | taps.ChooseVariant) -> str:
    if isinstance(turn.after, ViewingProduct | ChoosingVariant) and turn.after.product_id != tap.product_id:
        return "Another product was opened than the one that was tapped."
    shown = [
        facts["product"].get("id") for name, facts in turn.replies if name in ("product.detail", "product.variants")
    ]
    return "" if all(number == tap.product_id for number in shown) else "Another product is shown than was tapped."


def _opens_order(turn: Taken, tap: taps.OpenOrder | taps.CancelOrder | taps.ConfirmCancelOrder) -> str:
    if isinstance(turn.after, ViewingOrder) and turn.after.order_id != tap.order_id:
        return "Another order was opened than the one that was tapped."
    for name, facts in turn.replies:
        number = facts["order"].get("id") if name == "orders.order" else facts.get("order_id", tap.order_id)
        if number != tap.order_id:
            return "Another order was answered about than the one that was tapped."
    return ""


def _opens_page(turn: Taken, tap: taps.BrowseCategories | taps.OpenFeatured | taps.MyOrders) -> str:
    if isinstance(turn.after, _LISTS) and turn.after.page != tap.page and "page" not in str(turn.said):
        return f"Page {turn.after.page} was opened in place of page {tap.page}."
    return ""


def _opens_category(turn: Taken, tap: taps.OpenCategory) -> str:
    if not isinstance(turn.after, BrowsingCategory):
        return ""
    return "" if turn.after.category_id == tap.category_id else "Another category was opened than was tapped."


def _goes_on(turn: Taken, tap: taps.ShowMore | taps.ShowPrevious | taps.MoreResults) -> str:
    if not isinstance(turn.before, _LISTS) or type(turn.after) is not type(turn.before):
        return ""
    assert isinstance(turn.after, _LISTS)
    by = 1 if isinstance(tap, taps.ShowMore) else -1
    wanted = tap.page if isinstance(tap, taps.MoreResults) else turn.before.page + by
    is_end = any(name == "browsing.end_of_list" for name in turn.said)
    return "" if turn.after.page == wanted or is_end else f"Page {turn.after.page} was shown in place of {wanted}."


def _is_paid_so(turn: Taken, tap: taps.PayWith) -> str:
    kept = turn.draft_after.payment_method
    return "" if kept in (tap.method, "") else f"{tap.method} was tapped, and {kept} was kept."


def _is_sent_there(turn: Taken, tap: taps.UseAddress) -> str:
    is_other = isinstance(turn.after, InCheckout) and turn.draft_after.address_id not in (tap.address_id, None)
    return "Another address was taken than the one that was tapped." if is_other else ""


def _is_spoken(turn: Taken, tap: taps.SetLanguage) -> str:
    spoken = [facts["language"] for name, facts in turn.replies if name == "welcome.language"]
    return (
        "" if all(each == tap.language for each in spoken) else "Another language was set than the one that was tapped."
    )


def _is_placed(turn: Taken) -> str:
    if "summary.placed" in turn.said and not isinstance(turn.after, OrderPlaced):
        return "An order was called placed, and the conversation stands elsewhere."
    has_placed = isinstance(turn.after, OrderPlaced) and turn.after != turn.before
    if has_placed and not {"summary.placed", "summary.already_placed"} & set(turn.said):
        return "An order was placed, and nobody was told."
    return ""


_CHECKS: tuple[Callable[[Taken], Iterator[str]], ...] = (
    _asked_twice,
    _forgotten,
    _taken_as_typed,
    _as_answered,
    _leads_on,
    lambda turn: wrong_figures(turn.replies),
)
