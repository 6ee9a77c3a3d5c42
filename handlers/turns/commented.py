"""A chat that a private reply has begun: what was said there is known, and what is answered to it understood."""

import msgspec

from bot.language.texts import is_filipino
from dialogs.conversation import dump_state, load_state
from dialogs.engine.state import Idle, State
from dialogs.states_looking import (
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    ChoosingVariant,
    Searching,
    ViewingProduct,
)
from handlers.turns.spoken import offers
from repository.database.connection import Connection
from repository.posts import answers, chats

_message = msgspec.json.Decoder(dict[str, object])
_encode = msgspec.json.Encoder().encode
_LOOKING = (
    Idle,
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    Searching,
    ViewingProduct,
    ChoosingVariant,
)
"""Where nothing is lost when the chat goes on with what a comment is about."""


async def go_on(conn: Connection, psid: str) -> None:
    """Let a chat go on from the last private reply to a comment of its shopper, if it has not since.

    Args:
        conn: A connection in a transaction.
        psid: The shopper, who has a conversation.
    """
    if said := await answers.last_said(conn, psid=psid):
        await go_on_from(conn, psid, said)


async def go_on_from(conn: Connection, psid: str, said: answers.Said, *, is_new: bool = False) -> None:
    """Let a chat go on from a private reply, if it has not since.

    Args:
        conn: A connection in a transaction.
        psid: The shopper, who has a conversation.
        said: The last that they got.
        is_new: Whether it begins now: then it goes on in the comment's language.
    """
    chat = await chats.open_chat(conn, psid=psid, message_id=said.message_id)
    if chat is None or chat.has_it:
        return
    message = _message.decode(said.message)
    wanted = await answers.wanted(conn, comment=said.id)
    state = load_state(chat.state)
    if isinstance(state, _LOOKING) and wanted:
        state = _about(wanted[0], buying=said.kind == "claims")
    await chats.note_said(
        conn,
        psid=psid,
        message=said.message,
        message_id=said.message_id,
        state=dump_state(state),
        language="fil" if is_new and is_filipino(said.words) else "",
        offered=_encode(offers([message])).decode() if isinstance(state, _LOOKING) else "",
    )


def _about(wanted: answers.Wanted, *, buying: bool) -> State:
    if wanted.status == "asked":
        return ChoosingVariant(product_id=wanted.product_id, buying=buying)
    return ViewingProduct(product_id=wanted.product_id)
