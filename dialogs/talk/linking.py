"""A merchant who sends the code from the console: this chat hears the shop's news from now on."""

from dialogs.engine.heard import LinkCode
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from replies.merchants import ChatLinked, ChatNotLinked
from repository.notices import chats


async def link_chat(state: Here, heard: LinkCode, turn: Turn) -> Next[Here]:
    """Link the chat to the account whose code it is, or say that the code does not work."""
    linking = await ask(chats.link, shopper_id=turn.shopper_id, code=heard.code)
    if linking.outcome == "linked":
        return Next(state, [ChatLinked(account=linking.name)])
    return Next(state, [ChatNotLinked(too_many=linking.outcome == "too_many")])


LINKING = Dialog("linking", (On(ANYWHERE, LinkCode, link_chat),))
