"""A chat becomes a test: nobody is left in it, and it plays again as it went."""

import io
import json
import re
import zipfile
from pathlib import Path

from bot.workshop.replay import recorded as replayed
from handlers.transcripts import twin
from handlers.transcripts.reading import parse
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.inbox.test_inbox import open_chat
from tests.handlers.console.test_console import Visitor, nena
from tests.support.pictures import photo

__all__ = ["nena"]

PERSONAL = (
    *("teresita", "villaflor", "tessie", "9185550147", "918 555 0147", "kalayaan", "malusak", "7-eleven", "tessie.v"),
    *("tindahanfan", "rogelio", "abrenica", "5550199", "0123456789012"),
)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return {Path(name).suffix: folder.read(name) for name in folder.namelist()}


async def test_a_chat_becomes_a_test_in_which_nobody_is_left(nena: Visitor, shop: Shop, tmp_path: Path) -> None:
    await shop.stocks("Blue mug", price="120.00")
    tessie = Chat(shop, "Teresita Villaflor")
    for text in ("hi po, ako si Tessie", "blue mug"):
        await tessie.says(text)
    await tessie.taps("Bilhin na")
    for text in (
        "teresita villaflor",
        "0918 555 0147",
        "88-B Kalayaan Ave, Brgy Malusak, Makati City",
        "katapat ng 7-Eleven",
        "cod",
        "pwede po ba kay Rogelio Abrenica ang receiver? +63918-555-0199",
        "yes",
        "order ko po? email ko tessie.v@mail.ph, page ko facebook.com/tindahanfan, ref 0123 4567 89012",
        "TERESITA VILLAFLOR po ito",
    ):
        await tessie.says(text, answered=False)
    await tessie.sends_picture(photo(), answered=False)
    await shop.works()
    await nena.logs_in()
    path = await open_chat(nena, shop, tessie)
    assert "Make a test of this" in nena.page
    files = unpacked(await nena.gets(f"{path}/test.zip"))
    everything = (files[".transcript"] + files[".jsonl"]).decode()
    folded = everything.lower() + re.sub(r"[\s.()+-]", "", everything.lower())
    assert [word for word in (*PERSONAL, tessie.psid) if word in folded] == []
    transcript = parse(files[".transcript"].decode())
    assert transcript.shopper.split()[0] in next(
        line for each in transcript.exchanges for answer in each.answers for line in answer if "Salamat po, " in line
    )
    assert len(transcript.exchanges) >= 13
    file = tmp_path / "chat.jsonl"
    file.write_bytes(files[".jsonl"])
    case = replayed.case(file)
    assert len(case.played) == len(twin.read(file).lines) - sum("said" in line[:14] for line in _lines(file))
    assert case.outcome == "same", case.words
    assert replayed.case(file).played == case.played
    lines = _lines(file)
    assert any(json.loads(line).get("recording", {}).get("asks") for line in lines)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()
