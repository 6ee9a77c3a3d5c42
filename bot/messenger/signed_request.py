"""What Meta's deletion and deauthorize callbacks post: a signed request.

Source: Meta's page on the data deletion callback, restated in the project's contract, section 5.
"""

import base64
import binascii
import hashlib
import hmac

import msgspec

MOST = 8192
"""Characters of a signed request that are looked at."""


class _Payload(msgspec.Struct, frozen=True):
    user_id: str
    algorithm: str = ""


def user_in(secret: str, signed: str) -> str | None:
    """The number of whoever a signed request is about; None where it is not Meta's.

    The signature is made over the encoded payload, as it travels.

    Args:
        secret: The app secret; an empty one verifies nothing.
        signed: The field `signed_request`: the signature, a dot and the payload, both in base64 for addresses.
    """
    signature, dot, payload = signed.partition(".")
    if not secret or not dot or len(signed) > MOST or not signed.isascii():
        return None
    try:
        given = _bytes(signature)
        said = msgspec.json.decode(_bytes(payload), type=_Payload)
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    made = hmac.digest(secret.encode(), payload.encode(), hashlib.sha256)
    if not hmac.compare_digest(made, given) or said.algorithm.upper() != "HMAC-SHA256":
        return None
    return said.user_id[:100] or None


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
