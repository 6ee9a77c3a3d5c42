"""Programs that know only https://graph.facebook.com reach the emulator by one line before their command."""

import ssl
from pathlib import Path

import aiohttp
import pytest

from bot.workshop.emulator import Emulator

GRAPH = "https://graph.facebook.com/v26.0/me?fields=name"


async def test_a_client_with_a_fixed_address_reaches_the_emulator(emulator: Emulator, tmp_path: Path) -> None:
    _, line = await emulator.start_https(tmp_path)
    named = dict(part.split("=", 1) for part in line.split())
    trusts = ssl.create_default_context(cafile=named["SSL_CERT_FILE"])
    headers = {"Authorization": f"Bearer {emulator.app.page_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(GRAPH, ssl=trusts, proxy=named["HTTPS_PROXY"]) as answered,
    ):
        assert answered.status == 200
        assert (await answered.json())["name"] == emulator.app.page_name


async def test_the_way_leads_nowhere_else(emulator: Emulator, tmp_path: Path) -> None:
    _, line = await emulator.start_https(tmp_path)
    proxy = line.split()[0].removeprefix("HTTPS_PROXY=")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientHttpProxyError) as refused:
            await session.get("https://www.example.com/", proxy=proxy)
    assert refused.value.status == 403


async def test_its_authority_holds_for_that_name_only_and_no_key_is_left(emulator: Emulator, tmp_path: Path) -> None:
    port, _ = await emulator.start_https(tmp_path)
    (path,) = tmp_path.iterdir()
    assert b"PRIVATE" not in path.read_bytes()
    trusts = ssl.create_default_context(cafile=str(path))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await session.get(f"https://127.0.0.1:{port}/me", ssl=trusts)
