"""Two thousand conversations that people had with another shop, typed into ours: what always holds does."""

import gzip
import json
from pathlib import Path

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from bot.workshop.replay.running import theatre
from bot.workshop.walk.walking import Walker
from handlers.transcripts.acts import typed
from handlers.transcripts.form import Exchange, Transcript

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "data" / "transcripts" / "taskmaster4_dev.jsonl.gz"
FEW = 12


def conversations() -> list[list[str]]:
    """What people typed in each conversation of the samples."""
    found: dict[str, list[str]] = {}
    with gzip.open(SAMPLES, "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if line["role"] == "user" and line["text"].strip():
                found.setdefault(line["conv"], []).append(line["text"])
    return list(found.values())


async def test_whatever_people_type_what_always_holds_does(is_long: bool) -> None:
    every = conversations()
    assert len(every) == 2000
    broken: dict[str, list[str]] = {}
    with temporary_server() as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        async with theatre(account) as shop:
            walker = Walker(shop, ())
            for number, texts in enumerate(every if is_long else every[:: len(every) // FEW]):
                header = Transcript(f"{number}", "Ana Cruz", "en_US", [], clock="2026-11-30 10:00", chance=number)
                why, done = await walker.goes(header, [Exchange(0, typed(text), [], []) for text in texts])
                if why:
                    broken[why] = [each.did for each in done]
    assert not broken
