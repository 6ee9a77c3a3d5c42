"""What shall be other than it was said before: "pa change ng number 0928...", "gcash na lang pala"."""

import re

import msgspec

from bot.language.buying.addressed import STREET, TAIL, address_within, place_within
from bot.language.buying.late import BARANGAY, behind_but, landmark_named, receiver_in, right_name, right_place
from bot.language.buying.naming import LIKELY, SURE, is_kin, name_in
from bot.language.buying.pointing import pointed
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import beginnings, pattern, words_for
from bot.language.meaning import meaning
from bot.language.payments import method_alone
from bot.language.phones import phone_in
from bot.language.texts import is_question, tidy

_CHANGE = words_for("edit.change", "quantity.make")
_INSTEAD = words_for("edit.instead")
_BUT = words_for("edit.but")
_SEND = words_for("wish.send")
_SORRY = words_for("edit.sorry") - {"ay"}
_PARTS = {
    word: part
    for part in ("recipient", "phone", "address", "landmark", "payment", "promo")
    for word in words_for(f"part.{part}")
}
_RECIPIENT = pattern("part.recipient")
_NAMED = re.compile(
    rf"\b{_RECIPIENT}\b.*?\b(?:to|sa|as|is|ay|into|kay|ng)\b\s+(.+)$|\b{_RECIPIENT}\b\s*[:=,]\s*(.+)$"
    rf"|\b(?:si|kay)\s+(.+?)\s+(?:na ?lang|nalang|pala)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(rf"^{_RECIPIENT}(?:\s+(?:po|ko|is|ay|si))*\s+(.+)$", re.IGNORECASE)
_RECEIVES = re.compile(
    rf"^(?:(?:si|sina)\s+)?(.+?)(?:\s+{pattern('small.polite', 'small.particle')})*"
    rf"\s+{pattern('recipient.receives')}[\s.!]*$",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(rf"[\s,]+{pattern('answer.no')}\s.*$", re.IGNORECASE)
"""Such as "Ana Reyes, hindi Ana Cruz"."""
_REMOVE = words_for("edit.remove", "edit.drop")
_LESS = words_for("items.less")
_EXCEPT = re.compile(rf"\b{pattern('edit.except')}\s+(.+)$")
_REMOVE_PHRASES = tuple(sorted((word for word in _REMOVE if " " in word), key=len, reverse=True))
_REMOVING = beginnings(_REMOVE_PHRASES)
_EVERY = words_for("edit.every")
"""Such as "mga" and "all": whatever is called so."""
_ALL_THERE = words_for(
    "edit.asked_to", "small.you", "question.particle", "command_word.cart", "command_word.goods", "edit.another"
)
_MORE = words_for("edit.more")
_ADD = words_for("wish.add")
_ONLY = words_for("edit.only")
_NOT_GOODS = words_for("edit.not_goods", "wish.received", "answer.no") | frozenset(_PARTS)
_RECEIVED = words_for("wish.received", "wish.order", "wish.came")
_INSTEAD_PHRASES = tuple(sorted(_INSTEAD, key=len, reverse=True))
_SAYS_INSTEAD, _SAYS_ONLY, _SAYS_BUT = beginnings(_INSTEAD), beginnings(_ONLY), beginnings(_BUT | _INSTEAD)
_AROUND_METHOD = (
    _CHANGE | _INSTEAD | _BUT | words_for("quantity.around", "answer.yes", "small.you", "part.payment", "edit.around")
) - words_for("payment_method.cod", "payment_method.gcash", "payment_method.paymaya")
_PHONE_PART = 7  # digits of a piece of a phone number
_GOODS_MOST = 5
_COUNTED_MOST = 3  # words that name what is counted
_OF_ME = words_for("small.me")
_BESIDES = words_for("quantity.more", "edit.besides")
_AROUND_COUNT = words_for("small.around_answer", "small.vocative", "small.particle", "answer.yes")
_LONGEST = 25


class Correction(msgspec.Struct, frozen=True):
    """What of an order that is being made shall be other; empty where it is not said.

    Attributes:
        part: Which part is spoken of: "recipient", "phone", "address", "landmark", "payment", "promo".
        phone: The new one, as E.164.
        method: The new way to pay, as in `orders.payment_method`.
        address: The new address, or what of it was said.
        recipient: Who receives it instead.
        landmark: What it is beside.
    """

    part: str = ""
    phone: str = ""
    method: str = ""
    address: str = ""
    recipient: str = ""
    landmark: str = ""

    @property
    def is_told(self) -> bool:
        """Whether it says what it shall be, and not only that it shall be other."""
        return bool(self.phone or self.method or self.address or self.recipient or self.landmark)


class LineChange(msgspec.Struct, frozen=True):
    """What shall be other in the cart.

    Attributes:
        goods: The words that name the line.
        quantity: How many pieces there shall be, 0 for none.
        more: Whether they come on top of those that are there; the quantity is below 0 where some are taken away.
        times: Whether it is so many times what is there: "double it".
        others: Whether it is all but what is named that goes: "alisin lahat maliban sa mug".
        of: What of it goes then: "remove all soaps except papaya"; empty for whatever is there.
        every: Whether all that is called so is meant: "tanggalin yung mga sabon".
    """

    goods: str
    quantity: int
    more: bool = False
    times: bool = False
    others: bool = False
    of: str = ""
    every: bool = False


def correction_in(text: str) -> Correction | None:
    """What of an order a text wants other than it is; None where it wants nothing of the kind.

    Args:
        text: What was typed while an order is being made.
    """
    words = fold(text).split()
    if not words or len(words) > _LONGEST:
        return None
    if rest := behind_but(text):
        return correction_in(rest)
    if receiver := receiver_in(text):
        return Correction(part="recipient", recipient=receiver)
    said = set(words)
    shown = f" {' '.join(words)} "
    instead = bool(said & _SAYS_INSTEAD) and any(f" {phrase} " in shown for phrase in _INSTEAD)
    changes = bool(said & _CHANGE) or instead
    part = next((_PARTS[word] for word in words if word in _PARTS), "")
    if changes and (phone := phone_in(text)):
        return Correction(part="phone", phone=phone)
    if changes and (method := _method(words)):
        return Correction(part="payment", method=method)
    sends = bool(said & _SEND)
    if (changes and (sends or part == "address" or instead)) or (sends and instead):
        if address := address_within(text) or place_within(text):
            return Correction(part="address", address=address)
        if sends and instead and not is_question(text):
            return Correction(part="address")
    if changes and part == "recipient" and (match := _NAMED.search(tidy(text))):
        name = name_in(TAIL.sub("", next(filter(None, match.groups()))))
        if name.sureness >= LIKELY:
            return Correction(part="recipient", recipient=name.name)
    is_sorry = bool(said & _SORRY) or instead
    if is_sorry and part == "recipient" and (right := right_name(text)):
        return Correction(part="recipient", recipient=right)
    if is_sorry and said & BARANGAY and (place := right_place(text)):
        return Correction(part="address", address=place)
    if part == "landmark" and (landmark := landmark_named(text)):
        return Correction(part="landmark", landmark=landmark)
    digits = sum(map(str.isdigit, text))
    is_of_phone = part == "phone" and digits <= _PHONE_PART and not said & STREET  # "mali, 0918 po simula ng number"
    if (changes or said & _SORRY) and part and (part == "address" or not digits or is_of_phone):
        return Correction(part=part)
    return None


def name_within(text: str) -> str:
    """The name in a text such as "name po Liza Ramos"; empty where it gives none.

    Args:
        text: What was typed where no name was asked.
    """
    match = _CALLED.match(tidy(text)) or _RECEIVES.match(tidy(text))
    name = name_in(_NOT_THAT.sub("", match[1])) if match else None
    return name.name if name and name.sureness >= SURE else ""


def names_kin(text: str) -> bool:
    """Whether a text says that somebody without a name receives it: "asawa ko po ang tatanggap".

    Args:
        text: What was typed where no name was asked.
    """
    match = _RECEIVES.match(tidy(text))
    return match is not None and is_kin(match[1])


def objects(text: str) -> bool:
    """Whether a text takes back something that was agreed, whatever that is: "oo pero ...", "actually ...".

    Args:
        text: What was typed where a yes was asked for.
    """
    words = fold(text).split()
    shown = f" {' '.join(words)} "
    takes_back = not _SAYS_BUT.isdisjoint(words) and any(f" {word} " in shown for word in _BUT | _INSTEAD)
    return takes_back or bool(set(words) & (_CHANGE | _ADD))


def line_change_in(text: str, *, in_cart: bool = False) -> LineChange | None:
    """What a text wants other in the cart: "gawin mong 2 yung kawali", "wag na yung tumbler"; None for nothing.

    What is taken out is named in the sentence that says so: "hindi na pala, clear lang" takes nothing out.

    Args:
        text: What was typed.
        in_cart: Whether the cart or the order is on show, so that "1 mug only" is about what is in it.
    """
    found = _change_in(text, in_cart=in_cart)
    parts = clauses(text) if found and found.quantity < 1 else ()
    if not parts:
        return found
    alone = [change for part in parts if (change := _change_in(part, in_cart=in_cart))]
    return alone[0] if len(alone) == 1 else None


def _change_in(text: str, *, in_cart: bool) -> LineChange | None:
    said = fold(text)
    if kept := _EXCEPT.search(said):
        before = said[: kept.start()].split()
        told = pointed(kept[1]) if set(before) & _REMOVE else None
        those = pointed(" ".join(word for word in before if word not in _REMOVE | _EVERY | _ALL_THERE))
        of = those.said if those else ""
        return LineChange(goods=told.said, quantity=0, others=True, of=of) if told and told.rest else None
    removes = False
    for phrase in () if _REMOVING.isdisjoint(said.split()) else _REMOVE_PHRASES:
        if f" {phrase} " in f" {said} ":
            removes, said = True, f" {said} ".replace(f" {phrase} ", " ").strip()
    words = said.split()
    meant = set(words)
    removes = removes or bool(meant & _REMOVE)
    shown = f" {said} "
    sets = bool(meant & _CHANGE or (meant & _SAYS_INSTEAD and any(f" {phrase} " in shown for phrase in _INSTEAD)))
    if not sets and in_cart and meant & _SAYS_ONLY:
        sets = any(f" {phrase} " in shown for phrase in _ONLY) and not is_question(text)
    more = bool(meant & _MORE)
    if not (removes or sets or more):
        return None
    told = pointed(" ".join(word for word in words if word not in _REMOVE | _CHANGE | _MORE))
    if told is None:
        return None
    goods = [word for word in told.rest if word not in _INSTEAD | _ONLY and not (removes and word in _ADD)]
    every = removes and bool(meant & _EVERY)
    if every and (named_alone := [word for word in goods if word not in _EVERY]):
        goods = named_alone
    if not goods or len(goods) > _GOODS_MOST or set(goods) & (_NOT_GOODS | STREET):
        return None
    named = " ".join(goods)
    if told.quantity is not None and not (removes and not sets):
        return LineChange(goods=named, quantity=told.quantity, more=more and not meant & _CHANGE)
    if removes and (told.quantity or meant & _LESS):  # "remove 1 mug", "bawasan yung mug"
        return LineChange(goods=named, quantity=-(told.quantity or 1), more=True)
    return LineChange(goods=named, quantity=0, every=every) if removes else None


def said_of_received(text: str) -> bool:
    """Whether a text speaks of what has come, and not of a cart: "kulang ng 1 yung dumating"."""
    return bool(set(fold(text).split()) & _RECEIVED)


def addition_in(text: str) -> LineChange | None:
    """What a text wants besides, at the summary of an order: "add 1 more mug"; None for nothing.

    Args:
        text: What was typed.
    """
    words = fold(text).split()
    told = pointed(text) if set(words) & _ADD else None
    goods = [word for word in told.rest if word not in _ADD] if told else []
    if told is None or not goods or len(goods) > _GOODS_MOST or set(goods) & _NOT_GOODS:
        return None
    return LineChange(goods=" ".join(goods), quantity=told.quantity or 1, more=True)


def count_in(text: str) -> LineChange | None:
    """How many of something there shall be, said without a word for a change: "dalawa po yung candle", "isa pang mug".

    Args:
        text: What was typed at the summary of an order.
    """
    words = fold(text).split()
    is_told = is_question(text) or meaning(text).concepts or set(words) & _OF_ME
    told = None if is_told else pointed(text)
    if told is None or not told.quantity or not told.rest:
        return None
    goods = [word for word in told.rest if word not in _AROUND_COUNT]
    others = set(goods) & (_NOT_GOODS | STREET | _CHANGE | _SORRY)
    if not goods or len(goods) > _COUNTED_MOST or others or any(map(str.isdigit, "".join(goods))):
        return None
    return LineChange(goods=" ".join(goods), quantity=told.quantity, more=bool(set(words) & _BESIDES))


def _method(words: list[str]) -> str:
    """The way to pay that is named beside the words of a change, and nothing else."""
    left = " ".join(words)
    for phrase in _INSTEAD_PHRASES:
        left = f" {left} ".replace(f" {phrase} ", " ").strip()
    return method_alone(" ".join(word for word in left.split() if word not in _AROUND_METHOD))
