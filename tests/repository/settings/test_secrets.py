"""Secrets at rest."""

import pytest

from repository.settings.secrets import CannotOpen, Sealer

SECRET = "smtps://nena:sampaguita@mail.example:465"


def test_a_sealed_secret_says_nothing_and_opens_again() -> None:
    sealer = Sealer("a secret for tests")
    sealed = sealer.seal(SECRET)
    assert SECRET not in sealed
    assert "sampaguita" not in sealed
    assert sealer.open(sealed) == SECRET
    assert sealer.seal(SECRET) != sealed, "two equal secrets look different"


@pytest.mark.parametrize(("secret", "shown"), [(SECRET, "…:465"), ("pin 1234", "…"), ("", "")])
def test_only_the_end_of_a_long_secret_is_shown(secret: str, shown: str) -> None:
    sealer = Sealer("a secret for tests")
    assert sealer.ending(sealer.seal(secret)) == shown


@pytest.mark.parametrize("sealed", ["", "nonsense", "gAAAAABtampered", "é"])
def test_another_key_or_another_text_opens_nothing(sealed: str) -> None:
    theirs = sealed or Sealer("another secret key").seal(SECRET)
    with pytest.raises(CannotOpen):
        Sealer("a secret for tests").open(theirs)
