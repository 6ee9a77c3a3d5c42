"""`quicksell test` runs the check of types beside the tests: nothing that it says is lost, and it still fails."""

import sys

import pytest

from bot.commands.test import failures


def saying(what: str, code: int = 0) -> list[str]:
    """A command that says something and ends with a code."""
    return [sys.executable, "-c", f"import sys; print({what!r}, flush=True); sys.exit({code})"]


def test_what_fails_is_named_in_order_and_stops_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    lint, tests, types = saying("lint", 1), saying("tests"), saying("types", 1)
    assert failures(lint, tests, beside=types) == [lint, types]
    said = capfd.readouterr()
    assert said.out.split() == ["lint", "tests"]
    assert said.err.rstrip().endswith("\ntypes"), "what ran beside is shown behind all the others"


def test_where_all_is_well_nothing_failed(capfd: pytest.CaptureFixture[str]) -> None:
    assert failures(saying("lint"), saying("tests"), beside=saying("types")) == []
    assert "types" in capfd.readouterr().err


def test_byte_code_is_kept_whatever_is_set_for_others(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert failures([sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]) == []
    assert capfd.readouterr().out == "False\n"
