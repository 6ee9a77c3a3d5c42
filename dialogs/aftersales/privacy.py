"""What the shop knows of somebody: told, deleted once a tap has confirmed it, or kept after all."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, On
from replies.privacy import DeletionNoted, KeptAfterAll
from replies.taps_after import DeleteMyData, KeepMyData
from repository.privacy import requests


async def delete_data(state: Here, tap: DeleteMyData, turn: Turn) -> Next[Here]:
    """They have confirmed: it is done as soon as no order is under way."""
    asked = await ask(requests.ask_deletion, shopper_id=turn.shopper_id)
    url = f"{turn.rules.public_url}/deletion?code={asked.code}" if turn.rules.public_url else ""
    return Next(state, [DeletionNoted(code=asked.code, has_open=asked.has_open, url=url)])


async def keep_data(state: Here, tap: KeepMyData, turn: Turn) -> Next[Here]:
    """Nothing is deleted."""
    withdrawn = await ask(requests.keep_data, shopper_id=turn.shopper_id)
    return Next(state, [KeptAfterAll(promos_off=withdrawn)])


ROWS = (
    On(ANYWHERE, DeleteMyData, delete_data),
    On(ANYWHERE, KeepMyData, keep_data),
)
