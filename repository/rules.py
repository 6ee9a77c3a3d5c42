"""The shop's rules: every number is a merchant's to change, with the default of `contract/rules.md`."""

from decimal import Decimal
from typing import Annotated

import msgspec

from bot.messenger.limits import GREETING
from repository.database.connection import Connection
from repository.settings import store
from repository.settings.about import About, counted, priced
from repository.settings.choices import ICE_BREAKERS, LANGUAGES, MENU, METHODS, WEEKDAYS
from repository.settings.groups import Group

_OWN_DAYS = "Your town’s own holidays, such as 2026-12-08, with commas between. The country’s are known."
CHAT_DAYS = 90
"""The days after which the database itself deletes chat logs; a merchant may want it sooner."""
_SOONER = "The database deletes them after that many days by itself; you can have them deleted sooner."
_LOW_STOCK = "Each product can have its own number."
_GREETING = "Empty for ours. {name} becomes the shopper’s first name, {shop} the name of your shop."


class Rules(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shop's rules. Money is in the shop's currency, times are in the unit of their name.

    A rule with an `About` is in the console, in the group that it names; one without is not to be changed there.
    """

    shop_name: Annotated[str, About(group="shop", label="Name of the shop", most=60)] = "QuickSell"
    languages: Annotated[tuple[str, ...], About(group="shop", label="The bot answers in", choices=LANGUAGES)] = tuple(
        LANGUAGES
    )
    currency: str = "PHP"
    public_url: str = ""  # PUBLIC_URL, where Facebook finds our pictures
    page_id: str = ""  # of the page that is connected, for links into its chat
    has_grids: bool = False  # whether the page's version of Graph has image grids
    messages_a_minute: Annotated[
        int,
        counted("shop", "Messages of one shopper that are answered", "a minute", 0, 100_000, "0 answers all."),
    ] = 60
    page_size: Annotated[int, counted("shop", "Products on a page of cards", "cards", 1, 10)] = 8

    line_quantity_most: Annotated[int, counted("cart", "Pieces of one product in a cart", "pieces", 1, 10_000)] = 99
    cart_lines_most: Annotated[int, counted("cart", "Products in a cart", "products", 1, 200)] = 50
    reservation_minutes: Annotated[int, counted("cart", "Stock is held for an order", "minutes", 1, 10_080)] = 30
    low_stock_from: Annotated[
        int, counted("cart", "You are told that a new product runs low at", "pieces", 0, 100_000, _LOW_STOCK)
    ] = 5

    payment_methods: Annotated[
        tuple[str, ...], About(group="payment", label="Shoppers can pay by", choices=METHODS)
    ] = (
        "cod",
        "gcash",
    )
    payment_account: str = ""  # of 0.1.0; accounts stand in `payment_accounts`
    transfer_most: Annotated[Decimal, priced("payment", "One transfer can be at most", least=1)] = Decimal(50_000)
    down_payment_percent: Annotated[
        int, counted("payment", "Down-payment of a COD order", "%", 0, 100, "0 asks for none.")
    ] = 0
    down_payment_from: Annotated[Decimal, priced("payment", "Down-payment from a total of")] = Decimal(5000)

    verification_from: Annotated[Decimal, priced("verification", "COD orders are checked from")] = Decimal(5000)
    verification_orders: Annotated[
        int,
        counted(
            "verification", "Shoppers are checked until", "delivered orders", 0, 1000, "0 checks nobody for being new."
        ),
    ] = 3
    verification_id_from: Annotated[Decimal, priced("verification", "An ID is needed from")] = Decimal(50000)
    verification_minutes: Annotated[int, counted("verification", "Time to pay or to prove", "minutes", 5, 10_080)] = 60
    verification_reminder_minutes: Annotated[
        int, counted("verification", "Reminder before that ends", "minutes", 0, 10_080, "0 sends none.")
    ] = 15
    upfront_percent: Annotated[int, counted("verification", "Paid in advance instead of an ID", "%", 1, 100)] = 10

    refused_days: Annotated[int, counted("verification", "Refused proofs are listed for", "days", 1, 365)] = 30

    trusted_skip: Annotated[bool, About(group="trust", label="Trusted buyers skip the check by themselves")] = False
    trusted_bronze_from: Annotated[int, counted("trust", "Bronze from", "delivered orders", 1, 10_000)] = 3
    trusted_silver_from: Annotated[int, counted("trust", "Silver from", "delivered orders", 1, 10_000)] = 10
    trusted_gold_from: Annotated[int, counted("trust", "Gold from", "delivered orders", 1, 10_000)] = 25
    trusted_platinum_from: Annotated[int, counted("trust", "Platinum from", "delivered orders", 1, 10_000)] = 50

    open_orders_most: Annotated[int, counted("risk", "A person looks from", "open orders", 1, 1_000_000)] = 5
    cancellations_most: Annotated[
        int, counted("risk", "A person looks from", "cancelled orders in 30 days", 1, 1_000_000)
    ] = 5
    risk_tap_from: Annotated[
        int, counted("risk", "A COD order needs its shopper's tap from", "points of risk", 1, 1000)
    ] = 25
    risk_person_from: Annotated[int, counted("risk", "A person looks from", "points of risk", 1, 1000)] = 60
    risky_confirm_minutes: Annotated[
        int, counted("risk", "Time to confirm a risky COD order by a tap", "minutes", 5, 10_080)
    ] = 1440

    tier_silver_from: Annotated[Decimal, priced("tiers", "Silver from", least=1)] = Decimal(20000)
    tier_gold_from: Annotated[Decimal, priced("tiers", "Gold from", least=1)] = Decimal(50000)
    tier_platinum_from: Annotated[Decimal, priced("tiers", "Platinum from", least=1)] = Decimal(100000)
    dormant_days: Annotated[int, counted("tiers", "Dormant after", "days without an order", 1, 3650)] = 30
    at_risk_days: Annotated[int, counted("tiers", "At risk after", "days without an order", 1, 3650)] = 90
    spend_per_point: Annotated[Decimal, priced("tiers", "One loyalty point for every", least=1)] = Decimal(100)

    review_days: Annotated[int, counted("after", "A review is asked for", "days after delivery", 1, 60)] = 3
    return_days: Annotated[int, counted("after", "Returns can be asked for", "days after delivery", 0, 365)] = 7
    late_days: Annotated[int, counted("after", "An order is late after", "days", 1, 90)] = 3
    lost_days: Annotated[int, counted("after", "A parcel is looked for after", "days", 1, 180)] = 14
    unheard_days: Annotated[int, counted("after", "A notice that failed is shown for", "days", 1, 90)] = 7
    draft_days: Annotated[int, counted("after", "A draft that nobody tapped counts for", "days", 1, 365)] = 14
    says_no_invoice: Annotated[bool, About(group="after", label="Receipts say that they are no official invoice")] = (
        True
    )

    quiet_minutes: Annotated[
        int, counted("people", "The bot stays quiet after a person of the shop wrote", "minutes", 1, 1440)
    ] = 30
    quiet_hours: Annotated[int, counted("people", "The bot stays quiet after a complaint", "hours", 1, 720)] = 24
    hello_days: Annotated[
        int, counted("people", "The bot says again that it is a bot after", "days of silence", 1, 365)
    ] = 30
    comments_answered: Annotated[bool, About(group="comments", label="Comments are answered in Messenger")] = True
    comments_public: Annotated[bool, About(group="comments", label="And below the comment: “check your inbox”")] = False
    claim_minutes: Annotated[
        int, counted("comments", "In a live sale a claim holds its pieces", "minutes", 1, 10_080)
    ] = 30

    rest_days: Annotated[tuple[str, ...], About(group="delivery", label="Nobody delivers on", choices=WEEKDAYS)] = (
        "6",
    )
    local_holidays: Annotated[str, About(group="delivery", label="And on these days", help=_OWN_DAYS, most=500)] = ""

    people_from: Annotated[int, counted("people", "People of the shop answer from", "o’clock", 0, 23)] = 0
    people_until: Annotated[
        int, counted("people", "People of the shop answer until", "o’clock", 0, 24, "0 tells shoppers no hours.")
    ] = 0
    people_days: Annotated[tuple[str, ...], About(group="people", label="On these days", choices=WEEKDAYS)] = tuple(
        WEEKDAYS
    )
    human_agent: Annotated[
        bool, About(group="people", label="Meta has approved the feature “Human Agent” for this app")
    ] = False

    referral_days: Annotated[
        int,
        counted("shop", "An order counts as of the link or ad that led its shopper here for", "days", 1, 90),
    ] = 7

    wish_news: Annotated[
        bool, About(group="unasked", label="Shoppers are told when a wish gets cheaper or is back in stock")
    ] = True
    restock_hold_minutes: Annotated[
        int,
        counted("unasked", "Whoever waited for a piece that is back has it to themselves for", "minutes", 5, 10_080),
    ] = 120
    cart_reminder: Annotated[bool, About(group="unasked", label="One reminder of a cart that was left")] = True
    cart_reminder_hours: Annotated[
        int, counted("unasked", "It comes after", "hours without a word", 1, 23, "Within Messenger’s 24 hours.")
    ] = 20
    night_from: Annotated[int, counted("unasked", "At night nothing of this is sent: from", "o’clock", 0, 23)] = 21
    night_until: Annotated[
        int, counted("unasked", "Until", "o’clock", 0, 23, "The same hour as above: there is no night.")
    ] = 8

    greeting: Annotated[str, About(group="profile", label="Greeting", help=_GREETING, most=GREETING, rows=3)] = ""
    greeting_fil: Annotated[
        str, About(group="profile", label="Greeting in Filipino", help=_GREETING, most=GREETING, rows=3)
    ] = ""
    menu_entries: Annotated[
        tuple[str, ...], About(group="profile", label="In the menu beside the text field", choices=MENU)
    ] = tuple(MENU)
    ice_breakers: Annotated[
        tuple[str, ...],
        About(
            group="profile", label="Questions that a new shopper can tap", help="Four at most.", choices=ICE_BREAKERS
        ),
    ] = ("shop", "promos", "shipping", "person")

    privacy_text: Annotated[
        str,
        About(
            group="privacy",
            label="What you add to the privacy page",
            help="Who you are, where you are registered, whom people write to about their data. A blank line begins a"
            " new paragraph.",
            most=5000,
            rows=8,
        ),
    ] = ""

    chat_kept_days: Annotated[
        int, counted("retention", "Messages and their recordings are kept", "days", 7, CHAT_DAYS, _SOONER)
    ] = CHAT_DAYS
    queue_kept_days: Annotated[
        int, counted("retention", "Finished work in the queues is kept", "days", 1, 7, _SOONER)
    ] = 7
    notice_kept_days: Annotated[
        int, counted("retention", "Notices that were sent are kept", "days", 1, 30, _SOONER)
    ] = 30
    audit_kept_days: Annotated[int, counted("retention", "Who of you did what is kept", "days", 30, 3650)] = 730
    identity_kept_days: Annotated[int, counted("retention", "ID pictures stay", "days after the review", 1, 365)] = 30
    proof_kept_days: Annotated[int, counted("retention", "Payment proofs are kept", "days after delivery", 7, 3650)] = (
        180
    )
    unclaimed_kept_days: Annotated[int, counted("retention", "Pictures that prove nothing are kept", "days", 1, 30)] = 2

    def spoken(self, language: str) -> str:
        """The language in which somebody is answered: their own where the shop offers it.

        Args:
            language: Theirs, "en" or "fil".
        """
        return language if language in self.languages else next(iter(self.languages), language)


GROUPS: tuple[Group[Rules], ...] = (
    Group(
        Rules,
        "shop",
        title="The shop",
        lead="Its name and languages, how much it shows at once, and how long a link or an ad counts.",
    ),
    Group(
        Rules, "cart", title="Carts and stock", lead="How much a shopper can take, and how long it is held for them."
    ),
    Group(Rules, "payment", title="Paying", lead="How shoppers can pay, and what they pay beforehand."),
    Group(Rules, "verification", title="Checks before an order", lead="Which COD orders need an ID or money first."),
    Group(Rules, "trust", title="Trusted buyers", lead="From how many delivered orders on a shopper has which level."),
    Group(Rules, "risk", title="Risky orders", lead="When an order waits until a person has looked at it."),
    Group(
        Rules,
        "tiers",
        title="Tiers",
        lead="From which delivered spend on a shopper has which tier, and what earns a point.",
    ),
    Group(Rules, "after", title="After the order", lead="What happens some days after the delivery."),
    Group(
        Rules,
        "comments",
        title="Comments",
        lead="What happens when somebody writes “mine” or “how much” below a post or a live video.",
    ),
    Group(
        Rules,
        "delivery",
        title="When things arrive",
        lead="The days that are left out where shoppers are told when an order arrives.",
    ),
    Group(
        Rules,
        "unasked",
        title="Wishes and carts",
        lead="What shoppers hear without having asked: of their wishlist, of stock that is back, of a cart they left.",
    ),
    Group(Rules, "people", title="People", lead="When a person of the shop speaks and the bot does not."),
    Group(
        Rules,
        "profile",
        title="Greeting and menu",
        lead="What people see in Messenger before they write. Push it to Facebook under Facebook page.",
    ),
    Group(Rules, "privacy", title="Privacy page", lead="What /privacy says besides what is kept and how long."),
    Group(Rules, "retention", title="How long things are kept", lead="When messages, pictures and records go."),
)
"""The rules as the console shows and saves them."""


async def load(
    conn: Connection, *, shop_name: str, currency: str, public_url: str = "", page_id: str = "", has_grids: bool = False
) -> Rules:
    """The rules in force.

    Args:
        conn: An open connection.
        shop_name: The shop's name where the merchant has set none.
        currency: ISO code of the shop's currency.
        public_url: Where Facebook reaches the shop, or empty.
        page_id: The page that is connected, or empty.
        has_grids: Whether its version of Graph has image grids.
    """
    beginning = Rules(
        shop_name=shop_name, currency=currency, public_url=public_url, page_id=page_id, has_grids=has_grids
    )
    return store.in_force(beginning, await store.stored(conn))


async def change(conn: Connection, *, name: str, value: object, admin_id: int | None) -> None:
    """Set one rule; every process uses it from its next turn on.

    Args:
        conn: An open connection. The caller owns the transaction.
        name: A field of `Rules`.
        value: Its new value.
        admin_id: Who changed it; None for the command line.

    Raises:
        ValueError: There is no such rule, or the value is not of its kind or beyond its limits.
    """
    if name not in Rules.__struct_fields__:
        raise ValueError(f"there is no rule named {name!r}")
    await store.put(conn, {name: store.decoded(Rules, name, msgspec.json.encode(value).decode())}, admin_id=admin_id)
