"""The one decision: every reader of a text in the order in which they are believed. `./quicksell explain` prints it."""

from collections.abc import Iterator

import msgspec

from bot.language.buying.leading import without_lead
from bot.language.chatting.clauses import clauses
from bot.language.chatting.shorthand import spelled_out
from dialogs.engine.claimed import Claims, ClaimsSeveral, NamesKind
from dialogs.engine.heard import SentSomethingElse, Typed, WantsKinds, WantsSome
from dialogs.reading import asked, correcting, given, shop, tapped, telling
from dialogs.reading.candidate import LIKELY, POSSIBLE, Candidate, Reader
from dialogs.reading.context import Context
from dialogs.reading.goods import asking, claiming, kinds, looking, places, pointing, taken, together
from dialogs.reading.small import is_told, takes_back
from dialogs.states import InCheckout
from replies.taps import (
    AddToCart,
    BuyNow,
    Cancel,
    Checkout,
    GetStarted,
    GoBack,
    Help,
    OpenMenu,
    SetLanguage,
    TalkToPerson,
)


class Row(msgspec.Struct, frozen=True):
    """One reader, and when it is believed.

    Attributes:
        name: What it looks for, in words.
        reads: The reader.
        least: The score from which its best candidate decides.
    """

    name: str
    reads: Reader
    least: float = POSSIBLE - 0.1


class Meant(msgspec.Struct, frozen=True):
    """What was decided: the candidate, and the row that it is of."""

    row: Row
    candidate: Candidate


OF_THE_SHOP: tuple[Row, ...] = (
    Row("a review", shop.read_review),
    Row("signs alone", shop.read_signs),
    Row("a yes to a placed order", shop.read_yes_again),
    Row("an order's number", shop.read_order_number),
    Row("a payment's number", shop.read_payment_number),
    Row("a promo code", shop.read_promo_code),
    Row("a greeting", shop.read_greeting),
    Row("a moment", shop.read_moment),
    Row("where an order is", shop.read_where),
    Row("something wanted, not said what", shop.read_wants_listed),
    Row("what the cart comes to", shop.read_total_of_cart),
    Row("a question to the merchant", shop.read_merchants),
    Row("politeness", shop.read_politeness),
    Row("a question that the shop knows", shop.read_known),
    Row("nothing named", shop.read_nothing_named),
    Row("a search", shop.read_search),
)
"""What is left for the shop to answer, with what is in its database: `dialogs/showing/answering.py` goes down these."""

ASIDES: tuple[Row, ...] = (
    Row("the total, asked in checkout", asked.read_total),
    Row("a question, asked in checkout", asked.read_question),
    Row("a pause", asked.read_pause),
)
"""What is answered in the middle of checkout, before the question is asked again: `checkout/between/asides.py`."""

DECISION: tuple[Row, ...] = (
    Row("the code of a merchant's chat", tapped.read_code),
    Row("a thumb up", tapped.read_thumb),
    Row("what stands on a button", tapped.read_button),
    Row("a yes to what is offered", tapped.read_offer),
    Row("a yes or no to what was said unasked", tapped.read_unasked),
    Row("a yes or no to the deletion of what is known", tapped.read_deletion),
    Row("anger", telling.read_mood),
    Row("what went wrong with an order", telling.read_trouble),
    Row("a sure answer to what is asked", asked.read_sure_answer),
    Row("several changes of the cart", together.read_changes),
    Row("something kept for later", pointing.read_kept),
    Row("something about what was just taken", taken.read_taken),
    Row("another kind of what was taken", correcting.read_kind_change),
    Row("pieces of the cart line on show", tapped.read_line),
    Row("a number in a list", tapped.read_number),
    Row("nothing more", tapped.read_all),
    Row("a list, or a closer look", looking.read_look),
    Row("how many are in the cart", tapped.read_count),
    Row("a place that is not on show", places.read_place),
    Row("something on the screen", pointing.read_shown),
    Row("a command", tapped.read_command),
    Row("a correction", correcting.read_correction),
    Row("how a promo works", telling.read_promo),
    Row("stars", telling.read_stars),
    Row("something put back into the cart", correcting.read_put_back),
    Row("a change of the cart on show", correcting.read_shown_change),
    Row("a wish about an order", telling.read_wish),
    Row("a payment", telling.read_paid),
    Row("a change of the cart", correcting.read_line_change),
    *ASIDES,
    Row("an objection to the summary", correcting.read_objection),
    Row("an answer to what is asked", asked.read_answer),
    Row("whatever is left in checkout", asked.read_doubtful_answer, least=0),
    Row("a whole order in one message", given.read_whole_order),
    Row("what an order needs, unasked", given.read_given),
    Row("several things taken by their names", claiming.read_several),
    Row("a line of the cart, by its name", kinds.read_line_named),
    Row("a kind of what is on show", kinds.read_kind),
    Row("something taken by its name", claiming.read_claim),
    *OF_THE_SHOP,
)
"""Every reader, the first believed first. The expected answer comes first where it can be nothing else; where it only
may be one, whatever is surely something else comes before it."""


_BEFORE_THE_SHOP = tuple(row for row in DECISION if row not in OF_THE_SHOP)
_LAST = (asked.read_doubtful_answer, shop.read_known, shop.read_nothing_named, shop.read_search, shop.read_wants_listed)
"""Readers that take what no other takes."""
_OF_A_SENTENCE = tuple(
    row
    for row in _BEFORE_THE_SHOP
    if row.reads
    in (
        pointing.read_kept, correcting.read_kind_change, taken.read_taken, tapped.read_line, tapped.read_all,
        looking.read_look, places.read_place, pointing.read_shown, tapped.read_command, correcting.read_line_change,
        claiming.read_several, kinds.read_line_named, kinds.read_kind, claiming.read_claim,
    )
)  # fmt: skip
"""Readers of one sentence among several."""
_GUESSES = (kinds.read_line_named, kinds.read_kind, claiming.read_claim)
"""Readers of words that may name something, or only tell something: "sobra yata"."""
_TAKING = (WantsSome, WantsKinds, Claims, ClaimsSeveral, NamesKind, AddToCart, BuyNow, Checkout)
"""What is taken on: not where another sentence says why not."""
_OF_WHOLE = (Cancel, GoBack, TalkToPerson, Help, OpenMenu, GetStarted, SetLanguage)
"""What nobody says in passing."""
_WEAK = (*_LAST, kinds.read_kind, claiming.read_claim, correcting.read_line_change, correcting.read_correction)
"""Before these are believed, a text is read without the words that only lead into it: "wait, make it 2"."""


def read(text: str, context: Context) -> Meant:
    """What a text means.

    Args:
        text: What was typed, white space at its ends removed.
        context: What it is read against.
    """
    return _decided(text, context, DECISION) or NOTHING


def heard_in(text: str, context: Context) -> msgspec.Struct:
    """What the steps hear of a text: as `read` has it, but what is left to the shop is not told apart yet.

    Args:
        text: What was typed, white space at its ends removed, not empty.
        context: What it is read against.
    """
    meant = _decided(text, context, _BEFORE_THE_SHOP)
    if meant:
        return meant.candidate.heard
    return asking.asked_of_shown(_written_out(text, context), context) or Typed(text=text)


def readings(text: str, context: Context, rows: tuple[Row, ...]) -> Iterator[Meant]:
    """What a text may mean by some rows, in their order, the doubtful too: for whoever can ask the shop about it.

    Args:
        text: What was typed.
        context: What it is read against.
        rows: `OF_THE_SHOP` or `ASIDES`.
    """
    for row in rows:
        for candidate in row.reads(text, context):
            yield Meant(row, candidate)


def _decided(text: str, context: Context, rows: tuple[Row, ...]) -> Meant | None:
    """What a text means by the first row that takes it; where that is a weak one, written out and without what only
    leads into it; else what the one of its sentences means that wants something."""
    first = _first(text, context, rows)
    if first and first.row.reads not in _WEAK and first.candidate.score >= LIKELY:
        return first
    whole = _written_out(text, context)
    if said := _of_one_sentence(whole, context):
        return said
    if first and first.row.reads not in _WEAK:
        return first
    for other in dict.fromkeys((whole, without_lead(whole))):
        second = _first(other, context, rows) if other != text else None
        if second is None or second.row.reads in _LAST:
            continue
        if first is None or first.row.reads in _LAST or rows.index(second.row) <= rows.index(first.row):
            first = second
            break
    return first


def _of_one_sentence(text: str, context: Context) -> Meant | None:
    """What the one sentence of a message means that wants something, where all others only tell."""
    if isinstance(context.state, InCheckout) or context.listens:
        return None
    found: Meant | None = None
    against = False
    for part in clauses(text):
        bare = without_lead(part)
        meant = _first(bare, context, _OF_A_SENTENCE)
        if meant and meant.row.reads in _GUESSES and is_told(bare):
            meant = None
        if meant and not isinstance(meant.candidate.heard, _OF_WHOLE):
            if found:
                return None
            found = meant
        elif is_told(bare):
            against = against or takes_back(bare, before=found is None)
        else:
            return None
    return None if found and against and isinstance(found.candidate.heard, _TAKING) else found


def _written_out(text: str, context: Context) -> str:
    """The text without shorthand, but for names and places, and for what a person reads."""
    return text if isinstance(context.state, InCheckout) or context.listens else spelled_out(text)


def _first(text: str, context: Context, rows: tuple[Row, ...]) -> Meant | None:
    for row in rows:
        if best := _best(row, text, context):
            return Meant(row, best)
    return None


def _best(row: Row, text: str, context: Context) -> Candidate | None:
    best = None
    for one in row.reads(text, context):
        if one.score >= row.least and (best is None or one.score > best.score):
            best = one
    return best


_UNREAD = SentSomethingElse(kind="unsupported")
NOTHING = Meant(
    Row("nothing", lambda *_: ()),
    Candidate(kind="unsure", name="nothing", score=0, why="there is nothing to read", heard=_UNREAD),
)
"""What an empty text means."""
