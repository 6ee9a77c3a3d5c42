"""The signature that shows a webhook's body to be Facebook's. Contract, section 1.

It is made over the raw bytes: the same JSON written differently has another signature.
"""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"
_PREFIX = "sha256="


def sign(secret: str, body: bytes) -> str:
    """The header's value for a body: "sha256=" and the HMAC in small hex digits.

    Args:
        secret: The app secret.
        body: The bytes as they travel.
    """
    return _PREFIX + hmac.digest(secret.encode(), body, hashlib.sha256).hex()


def verify(secret: str, body: bytes, header: str | None) -> bool:
    """Whether the header shows that whoever sent the body knows the secret.

    Args:
        secret: The app secret; an empty one verifies nothing.
        body: The bytes as they arrived.
        header: `X-Hub-Signature-256` as it arrived, or None where there was none. No value makes this raise.
    """
    if not secret or not header or not header.startswith(_PREFIX):
        return False
    return hmac.compare_digest(sign(secret, body).encode(), header.encode(errors="replace"))
