"""Why Facebook did not take a message, as merchants read it: Facebook's own words are for programmers."""

from collections.abc import Mapping

from bot.messenger.error_table import meaning_of
from bot.messenger.errors import (
    AttachmentGone,
    BadRequest,
    CommentClosed,
    Declined,
    GraphError,
    MediaRefused,
    NoPermission,
    NotFound,
    NotThreadOwner,
    OutsideWindow,
    PageRestricted,
    RateLimited,
    TemporaryError,
    TokenDead,
    Unconfirmed,
    Unreachable,
    ValueRefused,
)
from repository.chats.refused import PAGE_GONE

WORDS: Mapping[type[GraphError], str] = {
    TemporaryError: "Facebook had trouble or could not be reached. It is tried again by itself a few times.",
    RateLimited: "The page has reached a limit of Facebook. It goes on by itself when Facebook allows it.",
    Unconfirmed: "Facebook gave no answer, so it may have arrived. It is sent again unless Facebook says so in time.",
    OutsideWindow: "They wrote too long ago for Messenger to take it. Trying again helps once they write.",
    Unreachable: "They blocked the page, left Messenger or never wrote. Nothing reaches them until they write again.",
    Declined: "Facebook did not deliver it: they stopped messages of this kind, or there were too many of them.",
    TokenDead: "Facebook no longer accepts the page’s token. Connect the page again: then it goes on by itself.",
    PageRestricted: "Facebook has restricted the page. Look at its Support Inbox on Facebook: then it goes on.",
    NoPermission: "The app may not do this, or is not live yet. Look at the app’s permissions at Facebook.",
    NotThreadOwner: "Another app or a person holds this chat. The bot is quiet until it is given back.",
    BadRequest: "Facebook does not take it as it is. Trying again will hardly help: answer them by hand in the inbox.",
    NotFound: "Facebook does not know what it is about, or the page may not see it.",
    ValueRefused: "Meta does not take something that the template was filled with. They hear it once they write.",
    MediaRefused: "Facebook could not fetch the picture or file. Look whether its address opens, and try again.",
    AttachmentGone: "The picture is no longer kept at Facebook. It is uploaded again when it is tried again.",
    CommentClosed: "The comment was answered before, is too old or is gone: Facebook takes no reply to it.",
    GraphError: "Facebook refused it for a reason that is not known here.",
}
"""By what the error is."""
OURS: Mapping[str, str] = {
    "in doubt": "It may have arrived. For a minute Facebook can still say so; else it is sent again by itself.",
    PAGE_GONE: "They wrote to a page that this shop no longer answers on. Connect it again under Facebook page,"
    " More pages, and then try it again.",
    "bug": "The program failed on it. Please tell whoever runs the server.",
}
"""By our own codes."""


def in_words(code: str) -> str:
    """Why a message waits or was given up; empty where no code says so.

    Args:
        code: `outbox.error_code`: Facebook's code, with its subcode after a slash, or one of ours.
    """
    if code in OURS:
        return OURS[code]
    number, _, subcode = code.partition("/")
    if not (number.isdecimal() and (subcode.isdecimal() or not subcode)):
        return ""
    if code in ("0/0", "0"):
        return WORDS[TemporaryError]
    return WORDS[meaning_of(int(number), int(subcode or 0))]
