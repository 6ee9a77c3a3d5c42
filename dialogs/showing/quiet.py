"""A chat that is left to a person: the bot says nothing unasked there, but its buttons go on, and so does "stop"."""

import msgspec
from msgspec.structs import replace

from bot.messenger.event import Event
from bot.messenger.events import Postback, QuickReply
from dialogs.engine.heard import SaysPaid, SentPictures, Wished
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here, State
from replies.codec import Tap

AT_ANY_TIME = ("stop", "start", "forget", "known")
"""Wishes that Meta and the law want heard at any time."""
_PROVEN = (
    "proving.received",
    "proving.id_received",
    "proving.which_order",
    "proving.payment_or_id",
    "returns.ask_pictures",
)
"""What is said of a proof, which must not be lost beside a quarrel."""


def speaks_in_quiet(event: Event, heard: msgspec.Struct) -> bool:
    """Whether the bot answers this although the chat is left to a person.

    Args:
        event: What came: a typed "menu" is words to the person, a tapped one is a tap.
        heard: What was heard of it.
    """
    if isinstance(heard, SaysPaid | SentPictures) or (isinstance(heard, Wished) and heard.wish in AT_ANY_TIME):
        return True
    return isinstance(event, Postback | QuickReply) and isinstance(heard, Tap)


def said_in_quiet(decided: Next[State], heard: msgspec.Struct) -> Next[State]:
    """What was decided in a chat that is left to a person: of proofs only that they came is said.

    Args:
        decided: What a step decided.
        heard: What it answers.
    """
    if not isinstance(heard, SaysPaid | SentPictures):
        return decided
    return replace(decided, replies=[reply for reply in decided.replies if reply.name in _PROVEN])


async def stay_quiet(state: Here, heard: msgspec.Struct, turn: Turn) -> Next[Here]:
    """Leave what came to the person."""
    return Next(state, [], intent="left_to_person")
