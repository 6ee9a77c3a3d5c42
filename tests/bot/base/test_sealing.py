"""What is sealed opens with its key, its purpose and its place, and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.sealing import CannotOpen, Sealed, keys_of, new_key, open_piece, seal_piece

OLD = "an old secret of more than 32 characters"
NEW = "a new secret as long as the old one is: 40"


def test_the_first_key_seals_and_every_one_opens() -> None:
    old, both, new = keys_of(OLD), keys_of(f"{NEW}, {OLD}"), keys_of(NEW)
    assert old
    assert both
    assert new
    sealed = old.seal("proof", b"a key")
    assert both.open("proof", sealed) == b"a key"
    again = both.seal("proof", b"a key")
    assert again.key_number == new.newest != sealed.key_number
    assert new.open("proof", again) == b"a key"
    with pytest.raises(CannotOpen, match="lacks the secret"):
        new.open("proof", sealed)


def test_a_secret_has_the_same_number_for_ever() -> None:
    keys = keys_of(OLD)
    assert keys
    assert keys.newest == 875_730_922, "a number that changes makes every stored file unreadable"


def test_what_was_sealed_for_one_purpose_or_thing_opens_for_no_other() -> None:
    keys = keys_of(OLD)
    assert keys
    sealed = keys.seal("identity", b"a key", about=b"file 1")
    assert keys.open("identity", sealed, about=b"file 1") == b"a key"
    for purpose, about in (("proof", b"file 1"), ("identity", b"file 2"), ("identity", b"")):
        with pytest.raises(CannotOpen):
            keys.open(purpose, sealed, about=about)


@given(st.binary(max_size=60))
def test_nothing_that_was_changed_opens(other: bytes) -> None:
    keys = keys_of(OLD)
    assert keys
    with pytest.raises(CannotOpen):
        keys.open("proof", Sealed(keys.newest, other))


def test_no_key_is_no_keys() -> None:
    assert keys_of("") is None
    assert keys_of(" , ") is None


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("short", "the key has 5 characters and needs 32"),
        (f"{NEW},short", "key 2 has 5 characters"),
        ("a" * 64, "not random: it has only 1 different"),
        ("0123456" * 6, "only 7 different"),
        (f"{NEW},{NEW}", "twice"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_plainly_and_not_repeated(setting: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        keys_of(setting)
    assert NEW not in str(refused.value)


def test_pieces_cannot_be_changed_moved_or_cut() -> None:
    key = new_key()
    pieces = [seal_piece(key, f"piece {number}".encode(), number=number, count=3) for number in range(3)]
    assert [open_piece(key, piece, number=at, count=3) for at, piece in enumerate(pieces)] == [
        b"piece 0",
        b"piece 1",
        b"piece 2",
    ]
    with pytest.raises(CannotOpen):
        open_piece(key, pieces[1], number=0, count=3)
    with pytest.raises(CannotOpen, match="piece 0 of 2"):
        open_piece(key, pieces[0], number=0, count=2)
    with pytest.raises(CannotOpen):
        open_piece(key, bytes([pieces[0][0] ^ 1]) + pieces[0][1:], number=0, count=3)
    with pytest.raises(CannotOpen):
        open_piece(new_key(), pieces[0], number=0, count=3)
