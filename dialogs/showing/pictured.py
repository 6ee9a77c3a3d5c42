"""A picture of ours that was sent back: the product that it shows."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from dialogs.engine.run import ask
from repository.referrals import opening

_FACEBOOK = ("fbcdn.net", "fbsbx.com", "facebook.com")
"""Where Facebook keeps what people send: nothing of ours is there."""


async def pictured(urls: Sequence[str]) -> int | None:
    """The product whose picture was sent, None where it is none of ours.

    Args:
        urls: Where the pictures are.
    """
    ours = tuple(url for url in urls if not (urlsplit(url).hostname or "").endswith(_FACEBOOK))
    found: int | None = await ask(opening.pictured, urls=ours) if ours else None
    return found
