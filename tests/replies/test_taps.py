"""Every tap can be decoded again: a button stays in chats for years."""

from importlib import import_module
from pathlib import Path

import pytest

import replies
from replies.payloads import TAPS
from replies.taps import ShopTap

for file in Path(replies.__path__[0]).glob("taps*.py"):
    import_module(f"replies.{file.stem}")
KINDS = sorted(
    (kind for kind in ShopTap.__subclasses__() if kind.__module__.startswith("replies.")),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_tap_stands_among_those_that_are_decoded(kind: type[ShopTap]) -> None:
    assert kind in TAPS, f"put {kind.__name__} into TAPS of replies/payloads.py"
