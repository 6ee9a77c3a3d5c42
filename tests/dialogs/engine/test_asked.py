"""What steps ask keeps its name in recordings, which are read for ever, wherever the function is moved."""

import ast
from collections.abc import Awaitable, Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import dialogs
from dialogs.engine.run import RELEASED, Ask
from repository.aftersales import again, calling, changing, following, leaving, repaying, returning, reviews
from repository.catalogue import products, search
from repository.catalogue.looking import closer, lists
from repository.chats import missed, shoppers
from repository.desk import drafts
from repository.notices import chats, reminding
from repository.orders import addresses, carts, flags, placed_orders, placing, promos, quotes, shipping
from repository.orders.coming import suki
from repository.payments import accounts, awaiting, proofs
from repository.posts import taking
from repository.privacy import known, requests
from repository.referrals import opening, pins, sent_carts, titled
from repository.verification import receiving
from repository.wishlist import listed, waits
from repository.wishlist import saved as wishlists
from repository.wording import canned
from tests.support.workers.rows import rows

Function = Callable[..., Awaitable[object]]
RECORDED: dict[str, Function] = {
    "accounts.accounts_for": accounts.accounts_for,
    "addresses.address": addresses.address,
    "addresses.addresses": addresses.addresses,
    "addresses.save": addresses.save,
    "awaiting.awaiting": proofs.awaiting,
    "awaiting.orders_of": proofs.orders_of,
    "calling.call": calling.call,
    "calling.is_lost": calling.is_lost,
    "cards.cards": products.cards,
    "canned.best": canned.best,
    "canned.closest": canned.closest,
    "canned.near": canned.near,
    "canned.picked": canned.picked,
    "carts.add_line": carts.add_line,
    "carts.cart": carts.cart,
    "carts.empty": carts.empty,
    "carts.remove_line": carts.remove_line,
    "carts.set_quantity": carts.set_quantity,
    "catalogue.by_skus": products.by_skus,
    "catalogue.categories": products.categories,
    "catalogue.category_by_slug": products.category_by_slug,
    "catalogue.featured": products.featured,
    "catalogue.product": products.product,
    "catalogue.products_in": products.products_in,
    "drafts.take": drafts.take,
    "flags.raise_flag": flags.raise_flag,
    "chats.link": chats.link,
    "closer.size_guide": closer.size_guide,
    "lists.brands": lists.brands,
    "lists.listed": lists.listed,
    "lists.price_range": lists.price_range,
    "suki.loyalty": suki.loyalty,
    "suki.usual": suki.usual,
    "missed.understood": missed.understood,
    "orders.cancel": placed_orders.cancel,
    "orders.order": placed_orders.order,
    "orders.orders": placed_orders.orders,
    "placed.placed_with": placing.placed_with,
    "placing.place": placing.place,
    "promos.live": promos.live,
    "quotes.quote": quotes.quote,
    "again.refill": again.refill,
    "changing.change_delivery": changing.change_delivery,
    "changing.change_items": changing.change_items,
    "changing.lines_of": changing.lines_of,
    "changing.preview_delivery": changing.preview_delivery,
    "changing.preview_items": changing.preview_items,
    "opening.find": opening.find,
    "opening.led_to": opening.led_to,
    "opening.pictured": opening.pictured,
    "pins.pin_open_order": pins.pin_open_order,
    "sent_carts.take_cart": sent_carts.take_cart,
    "titled.named_in": titled.named_in,
    "following.progress": following.progress,
    "known.known": known.known,
    "leaving.complain": leaving.complain,
    "leaving.resume_promos": leaving.resume_promos,
    "awaiting.is_looked_at": awaiting.is_looked_at,
    "requests.ask_deletion": requests.ask_deletion,
    "requests.keep_data": requests.keep_data,
    "leaving.say_why": leaving.say_why,
    "leaving.stop_promos": leaving.stop_promos,
    "returning.request": returning.request,
    "returning.returnable": returning.returnable,
    "reviews.keep": reviews.keep,
    "reviews.newest": reviews.newest,
    "reviews.reviewable": reviews.reviewable,
    "receiving.receive": receiving.receive,
    "taking.take_up": taking.take_up,
    "repaying.change_method": repaying.change_method,
    "repaying.ways_to_pay": repaying.ways_to_pay,
    "search.by_code": search.by_code,
    "search.search": search.search,
    "shipping.zone": shipping.zone,
    "shipping.zones": shipping.zones,
    "shoppers.set_language": shoppers.set_language,
    "submitting.submit": proofs.submit,
    "reminding.stop": reminding.stop,
    "saved.drop": wishlists.drop,
    "listed.every": listed.every,
    "listed.one": listed.one,
    "listed.page": listed.page,
    "saved.put_aside": wishlists.put_aside,
    "waits.resume_news": waits.resume_news,
    "saved.save": wishlists.save,
    "saved.silence": wishlists.silence,
    "waits.stop_news": waits.stop_news,
    "waits.stop_waiting": waits.stop_waiting,
    "waits.wait_for": waits.wait_for,
}
"""Every name that a released version has recorded, and the function that answers it today."""


@rows("name", RECORDED)
def test_a_recorded_name_stays(name: str) -> None:
    assert Ask(RECORDED[name], {}).name == name, "give the moved function its row in dialogs/engine/run.py: RELEASED"


def test_whatever_a_dialog_asks_has_a_name_that_is_held() -> None:
    asked = set(_asked())
    assert len(asked) > 20
    missing = {Ask(function, {}).name for function in asked - set(RECORDED.values())}
    assert not missing, "add what is asked anew to RECORDED, under the name that it is recorded under"


def test_no_two_functions_are_recorded_under_one_name() -> None:
    assert len(set(RECORDED.values())) == len(RECORDED)
    assert set(RELEASED.values()) <= set(RECORDED)


def _asked() -> Iterator[Function]:
    """Every function that stands in an `ask(...)` of a dialog."""
    for path in Path(next(iter(dialogs.__path__))).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name("ask"), args=[ast.Attribute(ast.Name(module), name), *_]):
                    yield getattr(import_module(modules[module]), name)
                case ast.Call(func=ast.Name("ask")):
                    pytest.fail(f"{path.name}: ask a function by its module, so that this test can read it")
