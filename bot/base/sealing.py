"""What is stored so that the database alone does not tell it, under keys that may be replaced at any time.

`FILES_KEY` holds one secret, or several between commas: the first seals, every one opens. To replace it, put a new one
in front, run `./quicksell db rekey-files`, and take the old one away. Each purpose has a key of its own, made from the
secret (HKDF, RFC 5869), so that what was sealed for one does not open for another. All is AES-GCM with 256 bits.
"""

from collections.abc import Sequence

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.base import clock

SECRET_LEAST = 32
"""Characters that a secret has at least."""
_DIFFERENT_LEAST = 8  # characters: a random text of 32 hexadecimal digits has fewer once in some hundred million
_NONCE = 12  # bytes, as AES-GCM wants them


class CannotOpen(Exception):
    """What was sealed does not open: its key is not in `FILES_KEY` any more, or it was changed since."""


class Sealed(msgspec.Struct, frozen=True):
    """Something sealed.

    Attributes:
        key_number: Which secret it was, for ever the same number for the same secret.
        content: What is stored.
    """

    key_number: int
    content: bytes


class Keys:
    """The keys that seal and open.

    Args:
        secrets: The secrets of `FILES_KEY`, the newest first; at least one.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = {_number(secret): secret for secret in reversed(secrets)}
        self._newest = _number(secrets[0])

    @property
    def newest(self) -> int:
        """The number of the secret that seals."""
        return self._newest

    def has(self, number: int) -> bool:
        """Whether what was sealed under a secret of this number can be opened."""
        return number in self._secrets

    def seal(self, purpose: str, content: bytes, *, about: bytes = b"") -> Sealed:
        """Seal something small, such as the key of a file.

        Args:
            purpose: What it is for, such as "identity": it opens for nothing else.
            content: What nobody may read.
            about: What it belongs to: it opens beside nothing else.
        """
        nonce = clock.unguessable(_NONCE)
        sealed = AESGCM(self._key(self._newest, purpose)).encrypt(nonce, content, about)
        return Sealed(self._newest, nonce + sealed)

    def open(self, purpose: str, sealed: Sealed, *, about: bytes = b"") -> bytes:
        """What was sealed.

        Args:
            purpose: As it was sealed.
            sealed: What `seal` gave.
            about: As it was sealed.

        Raises:
            CannotOpen: Its key is not there any more, or it is not what was sealed.
        """
        if not self.has(sealed.key_number):
            raise CannotOpen(f"FILES_KEY lacks the secret with the number {sealed.key_number}")
        key = AESGCM(self._key(sealed.key_number, purpose))
        try:
            return key.decrypt(sealed.content[:_NONCE], sealed.content[_NONCE:], about)
        except (InvalidTag, ValueError):
            raise CannotOpen("it was changed since it was sealed") from None

    def _key(self, number: int, purpose: str) -> bytes:
        return _derived(self._secrets[number], f"quicksell {purpose}", 32)


def keys_of(setting: str) -> Keys | None:
    """The keys of `FILES_KEY`; None where it is empty, so that nothing can be sealed.

    Args:
        setting: What it says: secrets between commas, the newest first.

    Raises:
        ValueError: A secret cannot be used; says why, without the secret.
    """
    secrets = [secret.strip() for secret in setting.split(",") if secret.strip()]
    for position, secret in enumerate(secrets, 1):
        which = "the key" if len(secrets) == 1 else f"key {position}"
        if len(secret) < SECRET_LEAST:
            raise ValueError(f"{which} has {len(secret)} characters and needs {SECRET_LEAST} or more; {_HOW}")
        if len(set(secret)) < _DIFFERENT_LEAST:
            raise ValueError(f"{which} is not random: it has only {len(set(secret))} different characters; {_HOW}")
    if len({_number(secret) for secret in secrets}) < len(secrets):
        raise ValueError("the same key stands there twice")
    return Keys(secrets) if secrets else None


def seal_piece(key: bytes, content: bytes, *, number: int, count: int) -> bytes:
    """A piece of a file, sealed so that it opens at its own place of a whole file only.

    Args:
        key: The file's own random key, which never seals anything else: so the number can be the nonce.
        content: The piece.
        number: Which piece, from 0.
        count: How many pieces the file has.
    """
    return AESGCM(key).encrypt(number.to_bytes(_NONCE), content, _place(number, count))


def open_piece(key: bytes, sealed: bytes, *, number: int, count: int) -> bytes:
    """A piece of a file, as `seal_piece` got it.

    Raises:
        CannotOpen: It was changed, stands at another place, or pieces are missing.
    """
    try:
        return AESGCM(key).decrypt(number.to_bytes(_NONCE), sealed, _place(number, count))
    except (InvalidTag, ValueError):
        raise CannotOpen(f"piece {number} of {count} was changed, moved or cut since it was sealed") from None


def new_key() -> bytes:
    """A random key for one file."""
    return clock.unguessable(32)


_HOW = "make one with `openssl rand -hex 32`"


def _number(secret: str) -> int:
    """What a secret is known by without being told: 31 bits made from it alone."""
    return int.from_bytes(_derived(secret, "quicksell number", 4)) & 0x7FFF_FFFF


def _derived(secret: str, what: str, size: int) -> bytes:
    return HKDF(SHA256(), length=size, salt=None, info=what.encode()).derive(secret.encode())


def _place(number: int, count: int) -> bytes:
    return f"{number}/{count}".encode()
