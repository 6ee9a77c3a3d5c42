# ruff: noqa: E501 - code stands here as it stands elsewhere
"""Thirty faults that somebody could make in a dialog: a few words of a file, and what stands in their place."""

from pathlib import Path

import msgspec


class Planted(msgspec.Struct, frozen=True):
    """A fault.

    Attributes:
        what: What goes wrong, in words.
        file: Where it is made.
        before: What stands there, once.
        after: What stands there with it.
    """

    what: str
    file: str
    before: str
    after: str

    def plant(self, root: Path) -> None:
        """Make the fault.

        Args:
            root: A copy of the project.
        """
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        assert text.count(self.before) == 1, f"{self.what}: {self.before!r} stands {text.count(self.before)} times"
        path.write_text(text.replace(self.before, self.after), encoding="utf-8")


_CART = "dialogs/cart/steps.py"
_PIECES = "dialogs/cart/pieces.py"
_FORM = "dialogs/checkout/form.py"
_ANSWERING = "dialogs/checkout/answering.py"
_START = "dialogs/checkout/start.py"
_ORDERS = "dialogs/orders/steps.py"
_PERSON = "dialogs/checkout/person.py"
_SUMMARY = "dialogs/checkout/summary.py"
_PRODUCT = "dialogs/browse/product.py"
_BROWSING = "dialogs/browse/browsing.py"
_REMOVE = "await ask(carts.remove_line, shopper_id=turn.shopper_id, line_id=tap.line_id)"

FAULTS = (
    Planted("one piece more than was tapped", _PIECES, "tap.line_id, tap.quantity)", "tap.line_id, tap.quantity + 1)"),
    Planted("a line stays that is taken out", _CART, _REMOVE, "await ask(carts.cart, shopper_id=turn.shopper_id)"),
    Planted(
        "an emptied cart is full",
        _CART,
        '    await ask(carts.empty, shopper_id=turn.shopper_id)\n    return Next(ReviewingCart(), [EmptyCartText(note="em',
        '    return Next(ReviewingCart(), [EmptyCartText(note="em',
    ),
    Planted("more is fewer", _CART, "max(0, line.quantity + tap.quantity)", "max(0, line.quantity - tap.quantity)"),
    Planted("the cart is no button", _CART, "        On(ANYWHERE, OpenCart, open_cart),\n", ""),
    Planted("a typed number is one too few", _CART, "state.line_id, quantity)", "state.line_id, quantity - 1)"),
    Planted("no phone is asked for", _FORM, "if question.is_missing(draft)), None", "if question.is_missing(draft) and question.part != 'phone'), None"),
    Planted("the summary comes before the way to pay", _FORM, "if refused or not draft.payment_method:", "if refused:"),
    Planted("nothing can be passed over", "dialogs/checkout/question.py", "return not (self.is_optional and self.part in draft.asked)", "return True"),
    Planted("another phone is kept", _PERSON, "replace(draft, phone=phone, address_id=None, asked", 'replace(draft, phone="+639170000000", address_id=None, asked'),
    Planted("a phone beside the name is not heard", _PERSON, "phone=phone or draft.phone", "phone=draft.phone"),
    Planted("only the first name is kept", _PERSON, "recipient=turn.name[:NAME_MOST]", "recipient=turn.name[:3]"),
    Planted("whatever is tapped, it is paid on delivery", _ANSWERING, "payment_method=tap.method", 'payment_method="cod"'),
    Planted("a code cannot be taken away", _ANSWERING, 'replace(turn.draft, promo_code="")))', "turn.draft))"),
    Planted("back is forth", _ANSWERING, "await (ask_again(earlier.state, turn) if earlier else", "await (ask_again(state, turn) if earlier else"),
    Planted("a promo is not reckoned", _SUMMARY, "promo_code=turn.draft.promo_code,\n        payment", 'promo_code="",\n        payment'),
    Planted("the confirmation is not known again", _SUMMARY, "state = ReviewingOrder(nonce=turn.nonce,", 'state = ReviewingOrder(nonce="other",'),
    Planted("checkout is left and what was said is kept on being asked", _START, 'note="kept")], draft=Draft(), intent="cancel_checkout")', 'note="kept")], draft=turn.draft, intent="cancel_checkout")'),
    Planted("checkout cannot be left", _START, "        On(CHECKOUT, Cancel, cancel),\n", "        On(CHECKOUT, Cancel, checkout),\n"),
    Planted("bought at once, but one only", _START, "buying=True, quantity=tap.quantity or 1", "buying=False, quantity=2"),
    Planted("called cancelled, and goes on", _ORDERS, 'placed_orders.cancel, shopper_id=turn.shopper_id, order_id=tap.order_id, reason="Cancelled in Messenger"', "placed_orders.order, shopper_id=turn.shopper_id, order_id=tap.order_id"),
    Planted("no means yes", _ORDERS, "    if is_yes(heard.text):\n        return await confirm_cancel", "    if is_no(heard.text):\n        return await confirm_cancel"),
    Planted("keeping an order cancels it", _ORDERS, "return await show_order(state, state.order_id, turn)\n\n\nasync def cancel_shown", "return await confirm_cancel_order(state, ConfirmCancelOrder(order_id=state.order_id), turn)  # type: ignore[return-value]\n\n\nasync def cancel_shown"),
    Planted("the list of orders is never shown", _ORDERS, "[Orders(page=listed)]", "[]"),
    Planted("the other language", "dialogs/talk/welcome.py", 'language = "fil" if tap.language == "fil" else "en"', 'language = "en" if tap.language == "fil" else "fil"'),
    Planted("help says nothing", "dialogs/talk/welcome.py", "return Next(state, [HelpText()])", "return Next(state, [])"),
    Planted("another product is opened", _PRODUCT, "product = await ask(products.product, product_id=tap.product_id)\n    except UnknownProduct:\n        return Next(state, [ProductGone()])\n    return Next(Viewing", "product = await ask(products.product, product_id=tap.product_id % 9 + 1)\n    except UnknownProduct:\n        return Next(state, [ProductGone()])\n    return Next(Viewing"),
    Planted("two are put in at a tap", _PRODUCT, "quantity=tap.quantity or 1)", "quantity=(tap.quantity or 1) + 1)"),
    Planted("a page is left out", _BROWSING, "msgspec.structs.replace(state, page=state.page + 1), turn)\n    return Next(state, [_end(state)]) if _is_over(state, following.state) else following\n\n\nasync def show_previous", "msgspec.structs.replace(state, page=state.page + 2), turn)\n    return Next(state, [_end(state)]) if _is_over(state, following.state) else following\n\n\nasync def show_previous"),
    Planted("another category is opened", _BROWSING, "BrowsingCategory(category_id=tap.category_id, page=tap.page, sort=tap.sort)", "BrowsingCategory(category_id=tap.category_id + 1, page=tap.page, sort=tap.sort)"),
)  # fmt: skip
