"""What the shop of these tests answers: two products, a cart, zones, an address, an order."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from repository.aftersales import again, calling, changing, following, leaving, repaying, returning, reviews
from repository.aftersales.again import Refilled, Short
from repository.aftersales.changing import Changed, ItemLine
from repository.aftersales.following import Progress, Step
from repository.aftersales.repaying import WaysToPay
from repository.aftersales.returning import ReturnLine
from repository.aftersales.reviews import Bought, Review, Reviewable, ReviewPage
from repository.aftersales.unpacked import Sums
from repository.catalogue import products, search
from repository.catalogue.looking import closer, lists
from repository.catalogue.looking.closer import SizeGuide
from repository.catalogue.looking.lists import Brand, BrandPage, PriceRange
from repository.catalogue.products import (
    Category,
    CategoryPage,
    Product,
    ProductCard,
    ProductPage,
    Variant,
)
from repository.chats import missed, shoppers
from repository.desk import drafts
from repository.notices import chats, reminding
from repository.orders import addresses, carts, flags, placed_orders, placing, promos, shipping
from repository.orders.addresses import Address, AddressDraft
from repository.orders.carts import Cart, CartLine
from repository.orders.coming import suki
from repository.orders.coming.suki import Loyalty, Usual
from repository.orders.placed_orders import Order, OrderLine, OrderPage, OrderSummary, Placed, Quote
from repository.orders.shipping import Zone
from repository.payments import awaiting, proofs
from repository.payments.accounts import accounts_for
from repository.payments.proofs import Awaiting, Submitted
from repository.posts import taking
from repository.privacy import known, requests
from repository.privacy.known import Known
from repository.privacy.requests import Asked
from repository.referrals import opening, pins, sent_carts, titled
from repository.referrals.opening import Goods, Led, Named
from repository.referrals.sent_carts import TakenCart
from repository.verification import receiving
from repository.wishlist import listed, waits
from repository.wishlist import saved as wishlists
from repository.wishlist.listed import Saved, SavedPage
from repository.wishlist.waits import Waiting
from repository.wording import canned

SAVED = Saved(4, 7, None, "Blue mug", "", 1, Decimal(99), Decimal(120), 9, False, "")
SAVED_SHIRT = Saved(5, 8, None, "Linen shirt", "", 1, Decimal(499), None, 12, True, "")
MUG_CARD = ProductCard(7, "Blue mug", "A sturdy mug.", Decimal(120), False, 9, "https://x.example/7.jpg", False, 3)
SHIRT_CARD = ProductCard(8, "Linen shirt", "Cool.", Decimal(499), True, 12, "", True, 4)
GONE_CARD = ProductCard(9, "Old lamp", "", Decimal(50), False, 0, "", False, 3)
MUG = Product(
    id=7, name="Blue mug", description="A sturdy mug.", price=Decimal(120), left=9,
    picture_urls=("https://x.example/7.jpg", "https://x.example/7b.jpg"), category_id=3, category="Kitchen",
    variants=(), weight_kg=Decimal("0.4"),
)  # fmt: skip
SHIRT = msgspec.structs.replace(
    MUG, id=8, name="Linen shirt", price=Decimal(499), left=12, category_id=4,
    variants=(
        Variant(21, "Size", "Small", Decimal(499), 5), Variant(22, "Size", "Large", Decimal(549), 7),
        Variant(23, "Size", "Extra Large", Decimal(549), 0),
    ),
)  # fmt: skip
MUG_LINE = CartLine(31, 7, None, "Blue mug", "", 1, Decimal(120), Decimal(120), 9, "")
SHIRT_LINE = CartLine(32, 8, 22, "Linen shirt", "Size: Large", 2, Decimal(549), Decimal(1098), 7, "")
NO_CART = Cart(lines=(), subtotal=Decimal(0), count=0, weight_kg=Decimal(0))
CART = Cart(lines=(MUG_LINE,), subtotal=Decimal(120), count=1, weight_kg=Decimal("0.4"))
FULL_CART = Cart(lines=(MUG_LINE, SHIRT_LINE), subtotal=Decimal(1218), count=3, weight_kg=Decimal("0.9"))
MANILA = Zone(
    1, "Metro Manila", "metro", Decimal(79), Decimal(15), Decimal(1500), "1-3 days",
    ("Metro Manila", "Makati", "Quezon City", "Marikina"),
)  # fmt: skip
LUZON = Zone(
    2, "Luzon", "provincial", Decimal(110), Decimal(25), None, "3-5 days", ("Bulacan", "Benguet", "Quezon", "Isabela")
)
VISAYAS = Zone(3, "Visayas", "island", Decimal(140), Decimal(35), Decimal(3500), "4-7 days", ("Cebu", "Cebu City"))
MINDANAO = Zone(4, "Mindanao", "island", Decimal(150), Decimal(40), None, "5-8 days", ("Isabela City", "Davao City"))
ABROAD = Zone(5, "International", "international", Decimal(1450), Decimal(650), None, "10-21 days", ("International",))
ZONES = (MANILA, LUZON, VISAYAS, MINDANAO, ABROAD)
HOME = Address(
    51, "Ana Reyes", "+639171234567", "12 Mabini St", "", "San Roque", "Marikina", "Metro Manila",
    "National Capital Region", "1801", "", True,
)  # fmt: skip
WORK = msgspec.structs.replace(HOME, id=52, address_line1="Tower 1, Ayala Ave", city="Makati", is_default=False)
KNOWN = Known("Ana Reyes", "+639171234567", datetime(2026, 3, 14, 9, tzinfo=UTC), 1, 2, 40, 1, True, False)
QUOTE = Quote(
    lines=CART.lines, subtotal=Decimal(120), shipping_fee=Decimal("85.00"), discount=Decimal(0),
    total=Decimal("205.00"), promo_code="", zone_name="Metro Manila", estimated_days="1-3 days",
    needs_verification=False, verification_reason="",
)  # fmt: skip
PLACED = Placed(61, "ORD-20261125-K7M2Q9XA", Decimal("205.00"), False, None, False)
SUMMARY = OrderSummary(
    61, "ORD-20261125-K7M2Q9XA", "confirmed", "cod", Decimal("205.00"), 1, datetime(2026, 11, 25, 12, tzinfo=UTC),
    "Blue mug", True,
)  # fmt: skip
ORDER = Order(
    **msgspec.structs.asdict(SUMMARY),
    lines=(OrderLine("Blue mug", "", 1, Decimal(120), Decimal(120), ""),),
    subtotal=Decimal(120),
    shipping_fee=Decimal("85.00"),
    discount=Decimal(0),
    promo_code="",
    delivery=AddressDraft(
        recipient_name="Ana Reyes",
        phone="+639171234567",
        address_line1="12 Mabini St",
        barangay="San Roque",
        city="Marikina",
        province="Metro Manila",
    ),
    payment_status="pending",
    verification_status="not_required",
    verification_expires_at=None,
    tracking_number="",
    estimated_days="1-3 days",
)
PROGRESS = Progress(
    steps=(Step("placed", SUMMARY.created_at), Step("confirmed", SUMMARY.created_at)), can_change=True, can_cancel=True
)
REVIEWABLE = Reviewable(61, SUMMARY.order_number, SUMMARY.created_at, (Bought(7, "Blue mug"), Bought(8, "Linen shirt")))
ITEM = ItemLine(71, 7, None, "Blue mug", "", 1, Decimal(120))
WAYS = WaysToPay(61, SUMMARY.order_number, "pending", "gcash", SUMMARY.total, SUMMARY.total, None, ("cod",), kept=False)
CHANGED = Changed(
    order_id=61,
    number=SUMMARY.order_number,
    was=Sums(Decimal(120), Decimal("85.00"), Decimal(0), Decimal("205.00")),
    sums=Sums(Decimal(240), Decimal("110.00"), Decimal(0), Decimal("350.00")),
    lines=(ItemLine(71, 7, None, "Blue mug", "", 2, Decimal(120)),),
)
AWAITING = Awaiting(
    order_id=61, number="ORD-20261125-K7M2Q9XA", status="pending", method="gcash", total=Decimal("205.00"),
    payment=Decimal("205.00"), identity=False, until=datetime(2026, 11, 25, 13, tzinfo=UTC), under_review=False,
    created_at=datetime(2026, 11, 25, 12, tzinfo=UTC),
)  # fmt: skip
COD_AWAITING = msgspec.structs.replace(
    AWAITING, order_id=7, number="ORD-20261125-B3PX7RTA", method="cod", payment=Decimal("20.50"), identity=True
)
SUBMITTED = Submitted(
    proof_id=71, order_id=61, number="ORD-20261125-K7M2Q9XA", kind="payment", has_picture=True, reference="",
    already=False,
)  # fmt: skip
NOTHING = ProductPage(items=(), page=1, pages=1, total=0, title="")


def a_page(*items: ProductCard, page: int = 1, pages: int = 1, title: str = "") -> ProductPage:
    """A page of products."""
    return ProductPage(items=items, page=page, pages=pages, total=len(items) * pages, title=title)


def saved(*, shopper_id: int, draft: AddressDraft) -> Address:
    """The address as it is kept."""
    return Address(
        53, draft.recipient_name, draft.phone, draft.address_line1, draft.address_line2, draft.barangay, draft.city,
        draft.province, draft.region, draft.postal_code, draft.landmark, True,
    )  # fmt: skip


def placed(payment_method: str = "cod", **_: object) -> Placed:
    """The order as it was placed; one that is paid ahead waits for all of its money."""
    if payment_method == "cod":
        return PLACED
    until = datetime(2026, 11, 25, 15, 45, tzinfo=UTC)
    return msgspec.structs.replace(PLACED, verification_expires_at=until, pay_now=PLACED.total)


CODES = {"7": 7, "p7": 7, "kit-1": 7, "blue-mug": 7, "8": 8, "clo-2": 8}


def led(
    products: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    anything: tuple[str, ...] = (),
    wanted: tuple[Named, ...] = (),
    **_: object,
) -> Led:
    """What a link leads to: the mug, the shirt or the kitchen."""
    codes = [*products, *(one.code for one in wanted), *anything]
    ids = [CODES[code.lower()] for code in codes if code.lower() in CODES]
    if ids:
        return Led(goods=Goods(ids[0]))
    return Led(category_id=3) if "kitchen" in (*categories, *anything) else Led()


def found(wanted: tuple[Named, ...]) -> tuple[Goods | None, ...]:
    """The mug and the shirt, by their codes."""
    return tuple(Goods(CODES[one.code.lower()]) if one.code.lower() in CODES else None for one in wanted)


SHOP: dict[Callable[..., object], object] = {
    canned.best: None,
    canned.closest: None,
    canned.near: (),
    canned.picked: None,
    products.categories: CategoryPage(items=(Category(3, "Kitchen", "🍳", "", 2),), page=1, pages=1),
    products.category_by_slug: Category(3, "Kitchen", "🍳", "", 2),
    products.products_in: a_page(MUG_CARD, GONE_CARD, title="Kitchen"),
    products.featured: a_page(MUG_CARD, SHIRT_CARD),
    search.by_code: [],
    search.search: a_page(MUG_CARD, title="mug"),
    products.product: MUG,
    lists.listed: a_page(MUG_CARD, SHIRT_CARD, title="Blue mug"),
    lists.brands: BrandPage(items=(Brand(5, "Tasa", "", 2),), page=1, pages=1),
    lists.price_range: PriceRange("", Decimal(120), Decimal(549), 2),
    closer.size_guide: SizeGuide(8, "Linen shirt", "Small: chest 36 in"),
    suki.usual: Usual(),
    suki.loyalty: Loyalty(tier="silver", points=245, next_tier="gold", to_next=Decimal(25500), promos=1),
    products.cards: (MUG_CARD, SHIRT_CARD),
    opening.led_to: led,
    opening.find: found,
    opening.pictured: None,
    titled.named_in: (MUG_CARD,),
    pins.pin_open_order: "",
    sent_carts.take_cart: TakenCart(cart=CART, put=1),
    carts.cart: CART,
    carts.add_line: CART,
    carts.set_quantity: CART,
    carts.remove_line: NO_CART,
    carts.empty: None,
    drafts.take: CART,
    addresses.addresses: (),
    addresses.address: HOME,
    addresses.save: saved,
    shipping.zones: ZONES,
    shipping.zone: MANILA,
    promos.live: (),
    chats.link: chats.Linking("unknown"),
    placed_orders.quote: QUOTE,
    placed_orders.place: placed,
    receiving.receive: "confirmed",
    taking.take_up: CART,
    accounts_for: (),
    placed_orders.order: ORDER,
    placed_orders.orders: OrderPage(items=(SUMMARY,), page=1, pages=1),
    placed_orders.cancel: msgspec.structs.replace(ORDER, status="cancelled", can_cancel=False),
    placing.placed_with: None,
    proofs.awaiting: (),
    proofs.orders_of: (),
    proofs.submit: SUBMITTED,
    flags.raise_flag: None,
    shoppers.set_language: None,
    following.progress: PROGRESS,
    again.refill: Refilled(CART, 1, (Short("Old lamp", "", 1, 0),)),
    changing.lines_of: (ITEM,),
    changing.preview_delivery: CHANGED,
    changing.change_delivery: CHANGED,
    changing.preview_items: CHANGED,
    changing.change_items: CHANGED,
    repaying.ways_to_pay: WAYS,
    repaying.change_method: WAYS,
    returning.returnable: (ReturnLine(71, "Blue mug", "", 2), ReturnLine(72, "Linen shirt", "Size: Large", 1)),
    returning.request: 5,
    reviews.reviewable: REVIEWABLE,
    reviews.keep: 1,
    reviews.newest: ReviewPage(
        product_id=7, product="Blue mug", average=Decimal("4.50"), count=2,
        items=(Review(5, "Ang ganda!", "Ben", SUMMARY.created_at),), page=1, pages=1,
    ),
    calling.call: None,
    calling.is_lost: False,
    missed.understood: None,
    leaving.complain: SUMMARY.order_number,
    leaving.say_why: None,
    leaving.stop_promos: True,
    leaving.resume_promos: False,
    awaiting.is_looked_at: False,
    known.known: KNOWN,
    requests.ask_deletion: Asked("p7Qm2Zk9T4vXw81LrB3nY6Ha", True),
    requests.keep_data: True,
    wishlists.save: SAVED,
    listed.page: SavedPage(items=(SAVED, SAVED_SHIRT), page=1, pages=2, total=9),
    listed.every: (SAVED, SAVED_SHIRT),
    listed.one: SAVED,
    wishlists.put_aside: CART,
    wishlists.drop: SAVED,
    wishlists.silence: SAVED,
    waits.stop_news: None,
    waits.resume_news: None,
    waits.wait_for: Waiting(9, None, "Old lamp", "", 0, 2),
    waits.stop_waiting: None,
    reminding.stop: None,
}  # fmt: skip
"""What each repository function answers, where a test gives nothing else."""
