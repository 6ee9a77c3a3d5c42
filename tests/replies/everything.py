"""Every reply there is, believable and with the longest facts that the shop can hold."""

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import msgspec

import replies
from replies.base import Reply

LONGEST = Decimal("99999999.99")
LINES = 50
_FIXED = {
    "nonce", "kind", "note", "reason", "method", "methods", "parts", "status", "payment_status", "verification_status",
    "language", "url", "image_url", "picture_url", "picture_urls", "currency", "payment_method", "phone", "zone_type",
    "urls", "promo_type", "verification_reason", "given", "more", "onward", "order_number", "number", "until",
    "part", "extras", "picture",
}  # fmt: skip
"""Fields that are no free text, or are cut before a reply is made."""
_MOST = {
    "icon": 10,
    "first_name": 60,
    "postal_code": 10,
    "code": 50,
    "promo_code": 50,
    "value": 100,
    "estimated_days": 50,
}
"""Characters that the database holds of them; 255 of most (contract/database.md)."""


def kinds() -> list[type[Reply]]:
    """Every reply that can be said."""
    for path in sorted(Path(replies.__file__).parent.glob("*.py")):
        importlib.import_module(f"replies.{path.stem}")
    found = {kind for kind in _below(Reply) if "name" in vars(kind) and kind.examples()}
    return sorted(found, key=lambda kind: kind.name)


def longest(kind: type[Reply]) -> Reply:
    """A reply of this kind with the longest facts."""
    stretched = _stretch("", kind.example())
    assert isinstance(stretched, kind)
    return stretched


def _below(kind: type[Reply]) -> Iterator[type[Reply]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _stretch(name: str, value: object) -> object:
    if isinstance(value, str):
        if name in _FIXED:
            return value
        most = 2000 if name in ("text", "refused", "unheard", "description", "response") else _MOST.get(name, 255)
        return ("Ñandú WWWW " * 200)[:most].strip()
    if isinstance(value, bool):
        return True
    if isinstance(value, Decimal):
        return LONGEST
    if isinstance(value, int):
        return 99 if name in ("quantity", "left") else value if name in ("page", "pages", "most") else 999_999_999
    if isinstance(value, tuple) and name not in _FIXED:
        many = 10 if name in ("items", "promos", "zones", "addresses", "likely") else LINES
        return tuple(
            _stretch("" if isinstance(part, msgspec.Struct) else name, part) for part in (value * LINES)[:many]
        )
    if isinstance(value, msgspec.Struct) and name not in ("more", "onward"):
        fields = {field: _stretch(field, getattr(value, field)) for field in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, datetime) or value is None:
        return datetime(2026, 12, 31, 23, 59, tzinfo=UTC) if "until" in name or "expires" in name else value
    return value
