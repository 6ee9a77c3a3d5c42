"""The report of what is understood: every line in its order, whatever was measured."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.base.exits import Failure
from bot.commands.bench import understanding
from bot.workshop.bench.understanding.report import report, show
from bot.workshop.bench.understanding.row import Row
from bot.workshop.bench.understanding.wanted import WANTED

PHONES = Row(what="phones (30)", ours=0.967, others="another .8", aim=".97", misses=["0917l550123: none"] * 9)


def test_what_nobody_measured_is_said() -> None:
    lines = report([Row(what="something else", ours="1"), PHONES])
    assert [row.what for _, row in lines if row.ours != "not measured"] == ["phones (30)", "something else"]
    assert [line.what for line, _ in lines[:-1]] == [each.what for each in WANTED]


def test_misses_are_listed_all_in_the_long_form(capsys: pytest.CaptureFixture[str]) -> None:
    show([PHONES], long=False)
    assert "and 4 more: --long lists them" in capsys.readouterr().out
    show([PHONES], long=True)
    shown = capsys.readouterr().out
    assert shown.count("0917l550123") == 9
    assert ".95" in shown, "what 0.1.0 came to"


def test_without_samples_it_says_where_they_are_looked_for(tmp_path: Path) -> None:
    done = CliRunner().invoke(understanding, ["--shared", str(tmp_path)])
    assert isinstance(done.exception, Failure)
    assert "--shared" in str(done.exception)
