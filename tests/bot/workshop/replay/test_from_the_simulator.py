"""What a stranger does: records a purchase in the simulator, changes words, a step and a sum, and is told which."""

import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.replay import recorded
from bot.workshop.replay.behind import BehindDemo
from bot.workshop.replay.running import theatre
from bot.workshop.stage import Stage
from handlers.jobs.workers import Workers
from tests.bot.workshop.walk.test_planted import copied

GUARD = {"X-Simulator": "test"}
PERSONAL = ("Teresita", "Villaflor", "9185550147", "88-B Kalayaan", "tessie.v")
BUYS = (
    *("red rice", "[Buy now]", "Teresita Villaflor", "0918 555 0147", "88-B Kalayaan Ave, Brgy Malusak, Makati City"),
    *("skip", "[Cash on delivery]", "email ko tessie.v@mail.ph", "[✅ Confirm order]"),
)
WITH_PROMO = (
    *("whistling kettle", "[Buy now]", "Teresita Villaflor, 0918 555 0147, 88-B Kalayaan Ave, Malusak, Makati City"),
    *("skip", "[Cash on delivery]", "[Add promo code]", "WELCOME10"),
)


class Phone:
    """A phone of the simulator, driven by its addresses."""

    def __init__(self, stage: Stage, http: aiohttp.ClientSession, shopper: Shopper) -> None:
        self.stage = stage
        self.http = http
        self.shopper = shopper
        self.at = f"{stage.emulator.base_url}/simulator/api/people/{shopper.psid}"

    async def does(self, *acts: str) -> None:
        """Type each of them, or tap what stands in brackets, and wait for the answer."""
        for act in acts:
            if act.startswith("["):
                title = act.strip("[]")
                found = next(button for button in self.shopper.tappable if button.title == title)
                await self.posts("tap", {"title": title, "payload": found.payload})
            else:
                await self.posts("text", {"text": act})

    async def posts(self, action: str, what: dict[str, str]) -> dict[str, object]:
        """Do something by an address of the simulator."""
        async with self.http.post(f"{self.at}/{action}", json=what, headers=GUARD) as answered:
            assert answered.status in (200, 202), await answered.text()
            came: dict[str, object] = await answered.json()
        await self.shopper.settles(answered=False)
        await Workers(self.stage.parts.shop, on_outbox=self.stage.parts.outbox.wake).run_due()
        await self.shopper.settles(answered=False)
        return came

    async def gets(self, what: str) -> bytes:
        """What an address of the simulator gives."""
        async with self.http.get(f"{self.at}/{what}") as answered:
            assert answered.status == 200, await answered.text()
            return await answered.read()


@pytest.fixture
async def phone() -> AsyncIterator[Phone]:
    with temporary_server() as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        async with theatre(account) as shop, aiohttp.ClientSession() as http:
            shop.stage.emulator.facebook.behind = BehindDemo(shop.stage)
            yield Phone(shop.stage, http, shop.stage.shopper("Teresita Villaflor"))


def changed(project: Path, file: str, before: str, after: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (file, before)
    path.write_text(text.replace(before, after), encoding="utf-8")


async def test_what_was_changed_is_told_apart_and_nobody_is_in_what_was_kept(phone: Phone, tmp_path: Path) -> None:
    await phone.does("red rice", "[Add to cart]")
    chat = (await phone.gets("test.transcript")).decode()
    again = await phone.posts("again", {"mid": phone.shopper.person.sent[-1].mid})
    assert (again["done"], again["differences"]) == (2, [])
    await phone.does(*BUYS)
    bought, exact = (await phone.gets("test.transcript")).decode(), await phone.gets("test.jsonl")
    for kept in (chat, bought, exact.decode()):
        assert not [name for name in PERSONAL if name.lower() in kept.lower()]

    again = await phone.posts("again", {"mid": ""})  # with what the shop says later by itself
    differs = msgspec.convert(again["differences"], list[dict[str, object]])
    assert "[✅ Confirm order]" not in [each["did"] for each in differs], differs

    mid = next(sent.mid for sent in phone.shopper.person.sent if "Who will receive" in sent.bubble.words())
    turn = msgspec.json.decode(await phone.gets(f"turns/{mid}"), type=dict[str, object])
    assert (turn["step"], turn["after"]) == ("buy_now", {"at": "checkout.recipient"})
    assert msgspec.convert(turn["asks"], list[dict[str, object]])[0]["ask"] == "carts.add_line"
    assert "X-Hub-Signature-256: sha256=" in str(turn["curl"])
    assert msgspec.json.encode(turn["webhook"]).count(b'"postback"') == 1

    other = Phone(phone.stage, phone.http, phone.stage.shopper("Teresita Villaflor"))
    await other.does(*WITH_PROMO)
    discounted = (await other.gets("test.transcript")).decode()
    assert "59.90" in discounted, discounted

    project, saved = copied(tmp_path / "project"), tmp_path / "saved"
    saved.mkdir()
    (saved / "1-chat.transcript").write_text(chat, encoding="utf-8")
    (saved / "2-bought.transcript").write_text(bought, encoding="utf-8")
    (saved / "3-promo.transcript").write_text(discounted, encoding="utf-8")
    (saved / "exact.jsonl").write_bytes(exact)
    assert recorded.case(saved / "exact.jsonl").outcome == "same"
    assert outcomes(project, saved) == ["same", "same", "same"]

    changed(project, "replies/en/cart.j2", "is in your cart.", "lies in your cart.")
    changed(project, "repository/orders/promos.py", "off.quantize(CENT, ROUND_HALF_UP)", "off.quantize(Decimal(10))")
    changed(project, "dialogs/checkout/overview.py", "[receipt, thanks], draft=", "[thanks], draft=")
    assert outcomes(project, saved) == ["WORDS", "DIFFERENT", "DIFFERENT"]


def outcomes(project: Path, saved: Path) -> list[str]:
    command = [sys.executable, "-m", "bot", "replay", str(saved), "--jobs", "1"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=600, check=False)
    told = re.findall(r"^(\w+)  \S*/(\d)-\w+\.transcript", done.stdout, re.MULTILINE)
    assert len(told) == 3, done.stdout + done.stderr
    (saved / "told").write_text(done.stdout, encoding="utf-8")
    return [outcome for outcome, _ in sorted(told, key=lambda one: one[1])]
