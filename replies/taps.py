"""Every tap: what a button, quick reply or menu item of this bot means."""

import re

from replies.codec import Tap


def _tag(class_name: str) -> str:
    """AddToCart -> add_to_cart."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class ShopTap(Tap, frozen=True, tag=_tag):
    """A tap of this shop, which travels under its class's name in small letters."""


# --- everywhere -----------------------------------------------------------------------------------------------------


class GetStarted(ShopTap, frozen=True):
    """Begin: Messenger's own first button. `typed` is whether it was a word, which also takes a "stop" back."""

    typed: bool = False


class OpenMenu(ShopTap, frozen=True):
    """Show what can be done here."""


class Help(ShopTap, frozen=True):
    """Say what the bot understands."""


class GoBack(ShopTap, frozen=True):
    """One step back."""


class Cancel(ShopTap, frozen=True):
    """Stop what is under way."""


class SetLanguage(ShopTap, frozen=True):
    """Answer in this language from now on: "en" or "fil"."""

    language: str


class ChooseLanguage(ShopTap, frozen=True):
    """Ask in which language to answer."""


class ShippingInfo(ShopTap, frozen=True):
    """Show the zones and their fees."""


class ViewPromos(ShopTap, frozen=True):
    """Show the promos that run."""


class TalkToPerson(ShopTap, frozen=True):
    """Ask for a person of the shop."""


# --- browsing and searching -----------------------------------------------------------------------------------------


class BrowseCategories(ShopTap, frozen=True):
    """Show the categories; those that stand in one, where it says `within` which."""

    page: int = 1
    within: int = 0


class OpenCategory(ShopTap, frozen=True):
    """Show the products of a category; "cheap" or "dear" where what costs least, or most, comes first."""

    category_id: int
    page: int = 1
    sort: str = ""


class OpenCategoryNamed(ShopTap, frozen=True):
    """Show the products of a category that the earlier bot knew by its slug."""

    slug: str


class OpenFeatured(ShopTap, frozen=True):
    """Show the products that the shop puts forward."""

    page: int = 1


class MoreResults(ShopTap, frozen=True):
    """Show a page of the search that is under way."""

    page: int


class ShowMore(ShopTap, frozen=True):
    """The next page of whatever list is open: the earlier bot's button."""


class ShowPrevious(ShopTap, frozen=True):
    """The page before, of whatever list is open: the earlier bot's button."""


class SearchAgain(ShopTap, frozen=True):
    """Ask what to search for."""


class OpenProduct(ShopTap, frozen=True):
    """Show one product."""

    product_id: int


class ChooseVariant(ShopTap, frozen=True):
    """Show the variants of a product, to choose one."""

    product_id: int


# --- the cart -------------------------------------------------------------------------------------------------------


class AddToCart(ShopTap, frozen=True):
    """Put pieces into the cart. Without a `quantity` it is one piece."""

    product_id: int
    variant_id: int | None = None
    quantity: int | None = None


class BuyNow(ShopTap, frozen=True):
    """Put pieces into the cart and check out. Without a `quantity` it is one piece."""

    product_id: int
    variant_id: int | None = None
    quantity: int | None = None


class OpenCart(ShopTap, frozen=True):
    """Show the cart."""


class PickLine(ShopTap, frozen=True):
    """Show the lines of the cart, to choose the one to change."""

    page: int = 1


class ChangeLine(ShopTap, frozen=True):
    """Ask how many pieces of a line."""

    line_id: int


class SetQuantity(ShopTap, frozen=True):
    """Have this many pieces in a line."""

    line_id: int
    quantity: int


class AddPieces(ShopTap, frozen=True):
    """Have this many more pieces in a line."""

    line_id: int
    quantity: int


class RemoveLine(ShopTap, frozen=True):
    """Take a line out of the cart."""

    line_id: int


class EmptyCart(ShopTap, frozen=True):
    """Ask whether to empty the cart."""


class ConfirmEmptyCart(ShopTap, frozen=True):
    """Empty the cart."""


# --- checkout -------------------------------------------------------------------------------------------------------


class Checkout(ShopTap, frozen=True):
    """Begin to order what is in the cart."""


class UseAddress(ShopTap, frozen=True):
    """Deliver to a saved address."""

    address_id: int


class NewAddress(ShopTap, frozen=True):
    """Deliver to an address that is typed now."""


class UseOwnName(ShopTap, frozen=True):
    """The shopper receives it: their own name is the recipient's."""


class UsePlace(ShopTap, frozen=True):
    """The province meant is this one, of those that sound like what was typed."""

    place: str


class ChooseZone(ShopTap, frozen=True):
    """Ship as to this zone."""

    zone_id: int


class Skip(ShopTap, frozen=True):
    """Leave this out."""


class Keep(ShopTap, frozen=True):
    """Leave this as it was given."""


class PayWith(ShopTap, frozen=True):
    """Pay this way: one of the shop's payment methods."""

    method: str


class EnterPromo(ShopTap, frozen=True):
    """Ask for a promo code."""


class RemovePromo(ShopTap, frozen=True):
    """Order without the promo code."""


class EditCheckout(ShopTap, frozen=True):
    """Change a part of the order before it is placed: "" asks which."""

    part: str = ""


class ReviewOrder(ShopTap, frozen=True):
    """Show the summary again."""


class Confirm(ShopTap, frozen=True):
    """Place the order of this summary, once: the nonce is the summary's. "" is the earlier bot's button."""

    nonce: str = ""


# --- orders ---------------------------------------------------------------------------------------------------------


class MyOrders(ShopTap, frozen=True):
    """Show the shopper's orders, newest first."""

    page: int = 1


class TrackOrder(ShopTap, frozen=True):
    """Show the one order that is under way, or the list where there are several or none.

    `language` is the one it was asked for in, where that is plain.
    """

    language: str = ""


class OpenOrder(ShopTap, frozen=True):
    """Show one order."""

    order_id: int


class CancelOrder(ShopTap, frozen=True):
    """Ask whether to cancel an order."""

    order_id: int


class ConfirmCancelOrder(ShopTap, frozen=True):
    """Cancel an order."""

    order_id: int


class VerifyOrder(ShopTap, frozen=True):
    """Prove who ordered. `order` is an id or an order number; `kind` is "id" or "upfront"; `method` pays upfront."""

    order: str
    kind: str = "id"
    method: str = ""
