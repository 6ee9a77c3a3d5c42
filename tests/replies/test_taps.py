"""Every tap can be decoded again: a button stays in chats for years."""

import pytest

from replies import taps, taps_after
from replies.payloads import TAPS
from replies.taps import ShopTap

KINDS = sorted(
    (
        kind
        for kind in (vars(taps) | vars(taps_after)).values()
        if isinstance(kind, type) and issubclass(kind, ShopTap) and kind is not ShopTap
    ),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_tap_stands_among_those_that_are_decoded(kind: type[ShopTap]) -> None:
    assert kind in TAPS, f"put {kind.__name__} into TAPS of replies/payloads.py"
