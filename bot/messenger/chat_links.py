"""Links into a page's chat (contract, section 2: `messaging_referrals`)."""

import re

_REF = re.compile(r"[A-Za-z0-9_=-]{1,250}")


def chat_link(page_id: str, ref: str) -> str:
    """The link that opens a page's chat with a ref; empty where no page is connected, or the ref cannot be in a link.

    Args:
        page_id: The page.
        ref: What the bot is told.
    """
    return f"https://m.me/{page_id}?ref={ref}" if page_id and _REF.fullmatch(ref) else ""
