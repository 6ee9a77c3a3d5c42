"""What happened to an order, in words for merchants."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

import msgspec

from handlers.console.orders.wordings import FULFILMENT, METHODS, reason
from replies.environment import money
from replies.notices import NOTICES
from repository.desk.order.happened import Event

_MOVES = {
    "pending": "placed the order",
    "confirmed": "confirmed it",
    "processing": "packed it",
    "shipped": "shipped it",
    "delivered": "marked it delivered",
    "cancelled": "cancelled it",
    "returned": "took it back",
}
_CHANGES = {
    "pending": "placed this",
    "confirmed": "confirmed this",
    "processing": "packed this",
    "shipped": "shipped this",
    "delivered": "marked this delivered",
    "cancelled": "cancelled this",
    "returned": "took this back",
    "payment": "marked this paid",
    "refund": "wrote down a refund of this",
    "back": "took a return of this",
}
_KINDS = {"payment": "a payment", "identity": "who they are"}
_STATES = {
    "queued": "waits to be sent",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "not delivered",
}
_DECISIONS = {"accepted": "accepted the return", "refused": "refused the return", "received": "got the parcel back"}
_FAILURES: Mapping[str, str] = {
    "window": "The shopper last wrote too long ago for Messenger to let us write. Please call or text them.",
    "2018278": "The shopper last wrote too long ago for Messenger to let us write. Please call or text them.",
    "551": "Messenger does not reach the shopper; they may have blocked the page. Please call or text them.",
    "2018300": "Another app has this chat. Answer there, or take it over in Facebook’s inbox: “Move to” the bot.",
    "2534037": "Another app has this chat. Answer there, or take it over in Facebook’s inbox: “Move to” the bot.",
    "bug ": "The program failed over it. Please look at the doctor, and send it again.",
    "190": "Facebook does not accept the page’s access any more. It must be connected again.",
    "4 ": "Facebook’s limit was reached. It is tried again by itself.",
    "613": "Facebook’s limit was reached. It is tried again by itself.",
    "words failed": "Its words could not be filled in. Look at them under Replies.",
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An event as the timeline shows it.

    Attributes:
        at: When.
        who: Who did it.
        what: What they did, behind who.
        words: What was written with it, or empty.
        look: "note", "told", "bad", "good" or empty: how it is drawn.
        state: How far a notice came, in words; empty for anything else.
        why: Why it did not arrive, and what to do; or empty.
        details: What an edit changed: (field, before, after).
    """

    at: datetime
    who: str
    what: str
    words: str = ""
    look: str = ""
    state: str = ""
    why: str = ""
    details: tuple[tuple[str, str, str], ...] = ()


def told(event: Event, currency: str) -> Told:
    """An event in words.

    Args:
        event: What happened.
        currency: ISO code of amounts.
    """
    who = _who(event)
    match event.kind:
        case "move":
            what = _MOVES.get(event.what, f"moved it to {event.what}")
            look = FULFILMENT[event.what].tone if event.what in FULFILMENT else ""
            words = event.words if event.words not in ("Order created", "Placed in Messenger") else ""
            return Told(at=event.at, who=who, what=what, words=words, look=look if look in ("good", "bad") else "")
        case "edit":
            return Told(at=event.at, who=who, what=f"changed the {event.what}", details=_details(event))
        case "money":
            verb = "wrote down that {} came in" if event.what == "payment" else "sent {} back"
            amount = f"{_amount(event.after, currency)} by {METHODS.get(event.before, event.before)}"
            return Told(at=event.at, who=who, what=verb.format(amount), words=event.words, look="good")
        case "proof":
            about = " · ".join(
                part for part in (event.before, _amount(event.after, currency) if event.after else "") if part
            )
            what = f"sent a proof of {_KINDS.get(event.what, event.what)}" + (f" ({about})" if about else "")
            return Told(at=event.at, who=who, what=what, words=event.words)
        case "review":
            refusal = f": {event.after}" if event.after else ""
            what = {"accepted": "accepted the proof", "rejected": f"refused the proof{refusal}"}.get(
                event.what, "looked at the proof"
            )
            return Told(at=event.at, who=who, what=what, words=event.words)
        case "note":
            return Told(at=event.at, who=who, what="noted", words=event.words, look="note")
        case "return":
            return Told(at=event.at, who=who, what="asked to send something back", words=event.words, look="bad")
        case "decision":
            return Told(at=event.at, who=who, what=_DECISIONS.get(event.what, event.what))
        case "notice":
            return _notice(event)
        case "flag":
            return Told(at=event.at, who="The shop", what=f"put it under Needs you: {reason(event.what)}",
                        words=event.words, look="bad")  # fmt: skip
    return Told(at=event.at, who=who, what=f"settled: {reason(event.what)}")


def failure(why: str) -> str:
    """Why something did not arrive, and what to do about it.

    Args:
        why: What the machine said.
    """
    said = next((words for mark, words in _FAILURES.items() if mark in f"{why} "), "")
    return said or (f"Facebook said: {why}" if why else "Nobody knows why. Please call or text them.")


def changed_by(name: str, what: str, seconds: int) -> str:
    """Who was faster, with what, and how long ago: "Ana confirmed this 20 s ago".

    Args:
        name: Who, or empty.
        what: As `repository.desk.order.happened.Change` names it.
        seconds: How long ago.
    """
    ago = f"{seconds} s ago" if seconds < 120 else f"{seconds // 60} minutes ago"
    who = {"": "Somebody", "shopper": "The shopper"}.get(name, name)
    return f"{who} {_CHANGES.get(what, 'changed this')} {ago}"


def _notice(event: Event) -> Told:
    name = event.what.removeprefix("notices.").replace("_", " ")
    waits = event.state == "queued" and event.why
    why = failure(event.why) if event.state == "failed" or waits else ""
    return Told(
        at=event.at,
        who="The shop",
        what=f"told the shopper: {NOTICES[event.what].about if event.what in NOTICES else name}",
        words=event.words,
        look="told",
        state="waits until the shopper writes" if waits else _STATES.get(event.state, event.state),
        why=why,
    )


def _who(event: Event) -> str:
    if event.actor_type == "customer":
        return "The shopper"
    if event.actor in ("", "system"):
        return "The shop"
    return event.actor


def _amount(text: str, currency: str) -> str:
    try:
        return money(Decimal(text), currency)
    except InvalidOperation:
        return text


def _details(event: Event) -> tuple[tuple[str, str, str], ...]:
    """What an edit changed, field by field, or line by line."""
    before, after = _flat(event.before), _flat(event.after)
    return tuple(
        (name.replace("_", " "), before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys((*before, *after))
        if before.get(name, "") != after.get(name, "")
    )


def _flat(text: str) -> dict[str, str]:
    """The fields of a JSON object, or the lines of an order by their names."""
    try:
        value = msgspec.json.decode(text) if text else {}
    except msgspec.DecodeError:
        return {}
    if isinstance(value, list):
        lines = [line for line in value if isinstance(line, dict)]
        return {
            " ".join(
                str(line[part]) for part in ("name", "variant") if line.get(part)
            ): f"{line.get('quantity')} pieces"
            for line in lines
        }
    return {str(name): str(one) for name, one in value.items()} if isinstance(value, dict) else {}
