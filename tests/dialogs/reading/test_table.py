"""The decision: which row wins, text by text, and in which order the rows stand."""

from collections.abc import Mapping

from dialogs.engine.claimed import Claims
from dialogs.engine.heard import Corrects, WantsSome, WhichOne
from dialogs.engine.state import Idle, State
from dialogs.reading.context import Context, Offered
from dialogs.reading.explaining import explain, order
from dialogs.reading.table import ASIDES, DECISION, OF_THE_SHOP, read
from dialogs.showing.answering import ANSWERS
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingPhone,
    AskingRecipient,
    ChoosingPayment,
    Draft,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
)
from dialogs.states_looking import (
    Searching,
    ViewingProduct,
)
from dialogs.states_proving import SendingProof
from dialogs.states_wishlist import ListingWishlist
from replies.taps import OpenProduct
from tests.support.workers.rows import rows


def cards(*names: str) -> tuple[Offered, ...]:
    """A list of products on the screen, numbered from 7."""
    return tuple(
        Offered(title=title, payload=f"{tap}:{number}", of=name)
        for number, name in enumerate(names, 7)
        for title, tap in (("Add to cart", "add_to_cart"), ("Details", "open_product"))
    )


IDLE = Context()
OPEN = Context(state=ViewingProduct(product_id=7), offered=cards("Takure Whistling Kettle 2.5 L"))
LIST = Context(state=Searching(text="mug"), offered=cards("Blue mug", "Red mug", "Steel kettle"))
NAME, PHONE, ADDRESS = AskingRecipient(), AskingPhone(), AskingAddress()
SUMMARY = Context(state=ReviewingOrder(nonce="n"), draft=Draft(recipient="Ana"))


def at(state: State, **known: str) -> Context:
    return Context(state=state, draft=Draft(**known))  # type: ignore[arg-type]  # texts, all of them


REMINDED = Context(
    state=ReviewingOrder(nonce="n"),
    offered=(Offered(title="Checkout", payload="checkout"), Offered(title="No thanks", payload="no_reminders")),
)
"""A cart that was left was spoken of, in the middle of an order."""
WHICH = Context(
    state=ReviewingCart(),
    offered=(
        Offered(title="Organic Red Rice", payload="change_line:1"),
        Offered(title="Kawali", payload="change_line:2"),
    ),
)
"""It was asked which line of the cart shall be changed."""
SAVED = Context(state=ListingWishlist(), offered=cards("Blue mug", "Red mug"))


WINS: Mapping[str, tuple[tuple[Context, str], ...]] = {
    "something on the screen": (
        (OPEN, "isa po nito"), (OPEN, "One please"), (OPEN, "mine po"), (OPEN, "this one?"), (OPEN, "ito po 2"),
        (OPEN, "Yes, I would like to order one of those, thank you."), (OPEN, "teal po"), (OPEN, "may blue?"),
        (OPEN, "2 navy"), (OPEN, "2 po nito"), (OPEN, "hm po ito?"), (OPEN, "avail pa po?"), (OPEN, "yung pula"),
        (OPEN, "ilan pa po stock"), (OPEN, "anong kulay po available?"), (OPEN, "kunin ko po to"),
        (OPEN, "mine 2 teal"),
        (OPEN, "same color po"), (OPEN, "2 kettles"), (OPEN, "pabili po ng isa"), (OPEN, "i want 2 of these"),
        (LIST, "yung una"), (LIST, "the second one please"), (LIST, "isa po nung huli"), (LIST, "isa po nito"),
        (LIST, "2 steel kettle"), (LIST, "yung red mug"), (LIST, "this one?"),
    ),
    "a yes or no to what was said unasked": (
        (REMINDED, "wag na po"), (REMINDED, "no"), (REMINDED, "hindi na"), (REMINDED, "ayoko na"), (REMINDED, "sige"),
        (REMINDED, "yes please"), (REMINDED, "mamaya na po"), (REMINDED, "not now"),
    ),
    "something kept for later": (
        (OPEN, "save ko muna"), (OPEN, "pa-wishlist po"), (OPEN, "save this for later"), (OPEN, "i-save mo muna to"),
        (LIST, "save yung blue mug"), (IDLE, "ilagay sa wishlist yung kettle"), (IDLE, "add the pan to my wishlist"),
        (OPEN, "sabihan nyo po ako pag meron na"), (OPEN, "notify me"), (IDLE, "pa-notify po"),
        (IDLE, "let me know when the red mug is back in stock"), (IDLE, "balitaan nyo ako kung may navy na"),
        (SAVED, "alisin yung red mug"), (SAVED, "ilipat sa cart yung blue mug"), (IDLE, "alisin sa wishlist yung mug"),
    ),
    "a correction": (
        (SUMMARY, "gcash na lang pala"), (SUMMARY, "oo pero gawin mong gcash"), (SUMMARY, "change phone"),
        (SUMMARY, "please send it to 45 Sampaguita St, Brgy Holy Spirit, Quezon City instead"),
        (SUMMARY, "send it to my office instead"), (at(NAME), "pa change ng number 09285550143"),
        (at(ADDRESS, recipient="Ana"), "palitan ang name sa Pedro Penduko"), (at(NAME), "cod po"),
        (at(AskingBarangay(), city="Marikina"), "bank transfer"), (at(Idle(), recipient="Ana"), "gcash na lang pala"),
    ),
    "another kind of what was taken": (
        (OPEN, "teal na lang pala"), (IDLE, "palitan ng size 39"), (SUMMARY, "navy na lang po"),
        (SUMMARY, "make it large"), (SUMMARY, "actually make it red instead"),
    ),
    "a moment": ((IDLE, "teka may tanong ako"), (OPEN, "wait lang")),
    "an objection to the summary": ((SUMMARY, "sige pero bukas na"), (SUMMARY, "actually, wrap it instead")),
    "a change of the cart": (
        (SUMMARY, "gawin mong 2 yung kawali"), (SUMMARY, "gawin mong 2 po"),
        (SUMMARY, "wag na yung tumbler"), (IDLE, "alisin yung sandals"),
        (IDLE, "remove the kettle"), (LIST, "wag na yung tumbler"),
    ),
    "a sure answer to what is asked": (
        (at(PHONE), "0917 123 4567 5pm onwards"), (at(PHONE), "pa change ng number 09285550143"),
        (at(ChoosingPayment()), "cod po"), (SUMMARY, "oo"), (SUMMARY, "hindi pa"),
    ),
    "an answer to what is asked": (
        (at(NAME), "maria santos"), (at(NAME), "It is for my sister Lourdes Reyes in Iloilo"),
        (at(ADDRESS), "12 rizal st brgy balubal sariaya quezon"), (at(AskingCity()), "Marikina"),
        (at(AskingBarangay(), city="Marikina"), "San Roque"), (at(AskingBarangay()), "di ko po alam"),
    ),
    "a command": (
        (IDLE, "checkout ko na"), (IDLE, "ano po tinda nyo"), (at(NAME), "menu"), (at(NAME), "my orders"),
        (IDLE, "wishlist ko po"), (at(NAME), "my wishlist"),
        (at(AskingCity()), "cancel"), (SUMMARY, "cart"), (IDLE, "wag na"), (OPEN, "back"),
    ),
    "a wish about an order": ((IDLE, "cancel my order"), (IDLE, "wala pa po yung order ko"), (OPEN, "stop")),
    "anger": ((IDLE, "scam kayo!!"), (SUMMARY, "😡"), (OPEN, "ang bagal nyo")),
    "a payment": ((IDLE, "bayad na po"), (IDLE, "Maya ref id 4D7F 2A91 B3C8"), (at(NAME), "nagsend na po ako")),
    "a line of the cart, by its name": ((WHICH, "red rice"), (WHICH, "yung kawali po")),
    "a kind of what is on show": ((LIST, "ung itim"), (OPEN, "blush po 2")),
    "something taken by its name": (
        (IDLE, "mine po tshirt black L 2pcs"), (IDLE, "pa reserve po ng tsinelas size 8"), (IDLE, "add 5 kettles"),
        (IDLE, "two bath towels in teal please"), (IDLE, "daster medium 2pcs"), (LIST, "mine 2 daster"),
    ),
    "a question, asked in checkout": (
        (at(NAME), "magkano po ang shipping?"), (at(ADDRESS), "do you ship to Cebu?"), (SUMMARY, "ilan araw po?"),
    ),
    "the total, asked in checkout": ((at(NAME), "magkano po lahat"), (SUMMARY, "total po?")),
    "a pause": ((at(NAME), "teka may tanong ako"), (at(ADDRESS), "wait lang po")),
    "a question to the merchant": (
        (IDLE, "cod po b"), (IDLE, "pano po umorder"), (IDLE, "saan po kayo located"), (OPEN, "may warranty po ba?"),
        (IDLE, "magkano po shipping"), (IDLE, "gaano po katagal ang shipping"),
    ),
    "a list, or a closer look": (
        (IDLE, "ano yung mga bago"), (IDLE, "what's new?"), (LIST, "best seller nyo"), (IDLE, "best seler po"),
        (IDLE, "may sale ba"), (LIST, "pinakamura"), (IDLE, "ano po pinakamura nyo"), (OPEN, "mas mura po meron?"),
        (OPEN, "iba pang ganito"), (OPEN, "may kagaya po nito?"), (OPEN, "anything like this?"),
        (IDLE, "anong brand meron kayo"), (OPEN, "ilang araw bago dumating sa Davao"),
        (OPEN, "may size chart ba"), (IDLE, "size chart po"), (OPEN, "magkano range"), (IDLE, "price range po"),
        (IDLE, "gaano katagal sa cebu"), (IDLE, "how many days po pa iloilo"),
        (OPEN, "pa-share ng link"), (IDLE, "send link po"), (OPEN, "patingin po ng ibang picture"), (OPEN, "specs po"),
        (IDLE, "ilan na po points ko"), (at(NAME), "best seller nyo"),
    ),
    "a greeting": ((IDLE, "hi po"), (OPEN, "good evening")),
    "politeness": ((IDLE, "salamat po"), (OPEN, "ok")),
    "signs alone": ((IDLE, "..."), (OPEN, "❤️")),
    "an order's number": ((IDLE, "ORD-20261125-K7M2Q9XA po"),),
    "a yes to a placed order": ((Context(state=OrderPlaced(order_id=1)), "yes"),),
    "a search": (
        (IDLE, "mgkno po tasa nyo"), (IDLE, "bluetooth spkr"), (IDLE, "mug"), (OPEN, "large blue towel"),
        (LIST, "mug na may takip"), (IDLE, "12 Mabini St"),
    ),
}  # fmt: skip


@rows(("row", "context", "text"), [(row, context, text) for row, texts in WINS.items() for context, text in texts])
def test_which_row_wins(row: str, context: Context, text: str) -> None:
    meant = read(text, context)
    assert meant.row.name == row, f"{meant.candidate.kind} {meant.candidate.name}: {meant.candidate.why}"


def test_the_rows_stand_in_their_order() -> None:
    names = list(order())
    assert len(set(names)) == len(names)
    expected = [
        "what stands on a button", "anger", "a sure answer to what is asked", "something on the screen", "a command",
        "a correction", "a wish about an order", "a change of the cart", "a question, asked in checkout",
        "an answer to what is asked", "a question to the merchant", "a search",
    ]  # fmt: skip
    assert sorted(expected, key=names.index) == expected
    assert tuple(row for row in DECISION if row in OF_THE_SHOP) == OF_THE_SHOP
    assert {row.reads for row in OF_THE_SHOP} == set(ANSWERS), "every reading that is left to the shop is answered"
    assert not {row.name for row in ASIDES} & {row.name for row in OF_THE_SHOP}


def test_what_is_meant_on_the_screen() -> None:
    assert read("2 navy", OPEN).candidate.heard == WantsSome(7, 2, "navy", "2 navy")
    assert read("yung una", LIST).candidate.heard == OpenProduct(7)
    assert read("isa po nung huli", LIST).candidate.heard == WantsSome(9, 1, "", "isa po nung huli")
    assert read("2 steel kettle", LIST).candidate.heard == WantsSome(9, 2, "", "2 steel kettle")
    which = read("2 po nito", LIST).candidate.heard
    assert which == WhichOne("2 po nito", (7, 8, 9), ("Blue mug", "Red mug", "Steel kettle"), 2)
    assert read("2 tumbler na teal", IDLE).candidate.heard == Claims("2 tumbler na teal", "tumbler teal", 2)


def test_what_was_replied_to_comes_before_what_is_on_the_screen() -> None:
    replied = Context(state=LIST.state, offered=LIST.offered, replied=cards("Old lamp")[:2])
    assert read("mine po", replied).candidate.heard == WantsSome(7, 1, "", "mine po")
    asked = Context(state=AskingRecipient(), replied=cards("Old lamp"))
    assert isinstance(read("isa po nito", asked).candidate.heard, WantsSome)
    assert (
        read("isa po nito", Context(state=AskingRecipient(), offered=LIST.offered)).row.name
        != "something on the screen"
    )


def test_nothing_is_bought_where_a_placed_order_is_spoken_of() -> None:
    for text in ("mine 2 red mug", "gawin mong 2 yung kawali", "isa po nito"):
        listening = Context(state=SendingProof(order_id=1), offered=LIST.offered)
        heard = read(text, listening).candidate.heard
        assert not isinstance(heard, WantsSome | Claims | WhichOne | Corrects)


def test_an_explanation_shows_every_candidate_and_the_winner() -> None:
    told = explain(" gcash na lang pala ", SUMMARY)
    assert (told.text, told.asked) == ("gcash na lang pala", "checkout.review")
    assert told.decision in told.candidates
    assert (told.decision.kind, told.decision.name, told.decision.value) == ("correction", "payment", "gcash")
    assert {one.row for one in told.candidates} >= {"a correction", "a question to the merchant", "a search"}
    assert all(one.why for one in told.candidates)
    assert explain("  ", IDLE).decision.kind == "unsure"
