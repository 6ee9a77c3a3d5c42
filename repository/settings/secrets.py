"""Secrets that merchants type into the console: stored encrypted, never shown again but by how they end."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SHOWN = 4  # characters of the end
_LONG = 12  # of a shorter one, four characters would give too much away


class CannotOpen(Exception):
    """A stored secret was encrypted under another SECRET_KEY; it has to be typed again."""


class Sealer:
    """Encrypts secrets, and opens them again.

    Args:
        secret_key: SECRET_KEY of this shop; the key that encrypts is derived from it and used for nothing else.
    """

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"quicksell settings").derive(secret_key.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def seal(self, secret: str) -> str:
        """A secret as it is stored; empty for none.

        Args:
            secret: In clear.
        """
        return self._fernet.encrypt(secret.encode()).decode() if secret else ""

    def open(self, sealed: str) -> str:
        """A secret in clear; empty where there is none.

        Args:
            sealed: As it is stored.

        Raises:
            CannotOpen: It was sealed under another key, or is no sealed secret.
        """
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise CannotOpen from None

    def ending(self, sealed: str) -> str:
        """What may be shown of a secret: its last four characters, or only that there is one where it is short.

        Args:
            sealed: As it is stored.

        Raises:
            CannotOpen: See `open`.
        """
        secret = self.open(sealed)
        return f"…{secret[-_SHOWN:]}" if len(secret) >= _LONG else "…" if secret else ""
