"""What the shop keeps of whoever asks."""

from dialogs.engine.run import Turn, ask
from replies.parts import day
from replies.privacy import WhatWeKnow
from repository.privacy import known


async def what_we_know(turn: Turn, *, alone: bool = True) -> WhatWeKnow:
    """What is kept, to be told.

    Args:
        turn: The facts.
        alone: Whether nothing more is said after it.
    """
    found: known.Known = await ask(known.known, shopper_id=turn.shopper_id)
    return WhatWeKnow(
        shopper=found.name,
        phone=found.phone,
        since=day(found.since),
        addresses=found.addresses,
        orders=found.orders,
        texts=found.messages,
        pictures=found.pictures,
        url=f"{turn.rules.public_url}/privacy" if turn.rules.public_url else "",
        alone=alone,
    )
