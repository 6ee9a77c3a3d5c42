"""`quicksell explain`: what a message means, and why."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from bot.commands.explain import explain_text


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without settings: no database is asked."""
    monkeypatch.chdir(tmp_path)
    for name in ("DB_USER", "DB_PASSWORD", "DB_HOST", "DB_SOCKET", "DB_NAME"):
        monkeypatch.delenv(name, raising=False)


def explains(*arguments: str) -> Result:
    return CliRunner().invoke(explain_text, arguments)


@pytest.mark.usefixtures("alone")
def test_every_candidate_is_printed_with_the_row_that_won() -> None:
    said = explains("gcash na lang pala", "--state", "review").output
    assert "-> correction payment = gcash" in said
    assert "because of the row: a correction" in said
    assert "canned gcash" in said


@pytest.mark.usefixtures("alone")
def test_scripts_get_one_object() -> None:
    told = msgspec.json.decode(explains("isa po nito", "--product", "Blue mug", "--json").output)
    assert (told["decision"]["kind"], told["decision"]["name"], told["decision"]["value"]) == ("value", "cart", "1")
    assert {"kind", "name", "value", "score", "why", "row"} == set(told["candidates"][0])


@pytest.mark.usefixtures("alone")
def test_a_state_may_be_named_by_its_question() -> None:
    assert "checkout.recipient" in explains("Ana Cruz", "--asked", "recipient").output
    assert "product" in explains("may blue?", "--state", "product").output
    refused = explains("hi", "--state", "nowhere")
    assert refused.exit_code == 2
    assert "checkout.payment" in refused.output


def test_the_table_is_printed_in_its_order() -> None:
    lines = explains("--table").output.splitlines()
    assert lines[0].endswith("the code of a merchant's chat")
    assert lines[-1].endswith("a search")
