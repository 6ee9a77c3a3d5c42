"""A chat that is left to a person: the bot says nothing unasked there, but its buttons go on, and so does "stop"."""

import msgspec

from bot.messenger.event import Event
from bot.messenger.events import Postback, QuickReply
from dialogs.engine.heard import Wished
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from replies.codec import Tap

_MUST = ("stop", "forget")
"""What Meta and the law want heard at any time."""


def speaks_in_quiet(event: Event, heard: msgspec.Struct) -> bool:
    """Whether the bot answers this although the chat is left to a person.

    Args:
        event: What came: a typed "menu" is words to the person, a tapped one is a tap.
        heard: What was heard of it.
    """
    if isinstance(heard, Wished) and heard.wish in _MUST:
        return True
    return isinstance(event, Postback | QuickReply) and isinstance(heard, Tap)


async def stay_quiet(state: Here, heard: msgspec.Struct, turn: Turn) -> Next[Here]:
    """Leave what came to the person."""
    return Next(state, [], intent="left_to_person")
