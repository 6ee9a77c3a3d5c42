"""Settings: every error at once, and an example file that tells the truth."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.base import settings

ROOT = Path(__file__).resolve().parents[3]


def write(folder: Path, *lines: str) -> Path:
    path = folder / ".env"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_example_can_be_used_as_it_is_and_changes_no_default(tmp_path: Path) -> None:
    example = ROOT / ".env.example"
    assert settings.load(example) == settings.load(None)


def test_the_example_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    source = (ROOT / "bot" / "base" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', source))
    suffixes = set(re.findall(r'f"\{prefix\}([A-Z_]+)"', source))
    known = read | {prefix + suffix for prefix in ("DB_", "TEST_DB_") for suffix in suffixes}
    assert not known - named, f"{known - named} is read and not explained in .env.example"
    assert not named - known, f"{named - known} stands in .env.example and is not read in `load`"


def test_every_field_is_read_with_the_default_that_it_has() -> None:
    source = (ROOT / "bot" / "base" / "settings.py").read_text(encoding="utf-8")
    for field in settings.Settings.__struct_fields__:
        assert field == "database" or f'"{field}": env.' in source, f"`load` does not read {field}"
    read = set(re.findall(r'"(\w+)": env\.', source.partition("def load(")[2].partition("def load_test")[0]))
    assert read <= set(settings.Settings.__struct_fields__), "`load` reads what Settings has no field for"
    assert settings.load(None) == settings.Settings(database=settings.load(None).database)


def test_every_error_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "PORT=eighty", "SHOP_TIMEZONE=Mars/Olympus", "LOG_LEVEL=LOUD", "DB_NAME=a`b")
    with pytest.raises(settings.SettingsError) as error:
        settings.load(path)
    told = "\n".join(error.value.problems)
    for name in ("PORT", "SHOP_TIMEZONE", "LOG_LEVEL", "DB_NAME"):
        assert name in told
    assert "Asia/Manila" in told


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_NAME", "Tindahan")
    assert settings.load(write(tmp_path, "SHOP_NAME=Store")).shop_name == "Tindahan"


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Manila", 8), ("UTC", 0), ("Europe/Berlin", 1), ("America/New_York", -5)]
)
def test_the_shop_keeps_one_offset_all_year(zone: str, hours: int) -> None:
    assert settings.offset_of(zone).utcoffset(None) == timedelta(hours=hours)


def test_a_page_is_connected_only_with_all_its_secrets() -> None:
    whole = settings.Settings(page_access_token="t", app_secret="s", verify_token="v")
    assert whole.has_facebook
    assert not settings.Settings(page_access_token="t", app_secret="s").has_facebook
