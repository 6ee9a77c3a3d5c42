"""The self-test: whoever asks our public address with a word gets a proof back that only this shop can give."""

import hmac

from aiohttp import web

from handlers.inbound.webhook import SHOP

PATH = "/webhook/selftest"
"""Beside the webhook, so that whatever lets the one through lets the other through too."""
_LONGEST = 64  # characters of a word


def proof(secret_key: str, word: str) -> str:
    """What this shop answers to a word.

    Args:
        secret_key: SECRET_KEY, which every process of the shop has and nobody else.
        word: Made for this one question.
    """
    return hmac.digest(f"selftest {secret_key}".encode(), word.encode(), "sha256").hex()


async def answer(request: web.Request) -> web.Response:
    """Prove to ourselves that this address leads to this shop."""
    word = request.query.get("word", "")
    if not word.isascii() or not word.isalnum() or len(word) > _LONGEST:
        return web.Response(status=400, text="Please ask with a word.\n")
    return web.Response(text=proof(request.app[SHOP].settings.secret_key, word), headers={"Cache-Control": "no-store"})
