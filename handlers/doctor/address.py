"""The addresses: the port here, and the public address, asked as Facebook would ask it."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta

import aiohttp
from yarl import URL

from bot.base import clock
from bot.base.settings import Settings
from bot.messenger import signature
from handlers.doctor.looks import Look, good, judged, unseen

HERE = "Port"
GROUP = "Public address"
SECONDS = 5.0
SLOW = timedelta(seconds=1)
"""How long an answer may take: Facebook gives up after five seconds, and slows down before."""
CERTIFICATE_LEAST = timedelta(days=14)
_PROXY = "Look at the proxy in front: deploy/Caddyfile shows one that works."


async def look_at_port(settings: Settings) -> list[Look]:
    """Whether the port is ours or free.

    Args:
        settings: This process's settings.
    """
    what = f"{settings.host}:{settings.port}"
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host  # noqa: S104  (compared, not bound)
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.get(f"http://{host}:{settings.port}/healthz") as answered,
        ):
            is_ours = await answered.content.read(100) == b"ok\n"
    except aiohttp.ClientConnectorError:
        return [await asyncio.to_thread(_bindable, settings, what)]
    except (aiohttp.ClientError, TimeoutError):
        is_ours = False
    found = "our server answers" if is_ours else "something else answers there"
    return [judged(HERE, what, is_ours, found, f"Stop it (`ss -ltnp sport = :{settings.port}` names it) or set PORT.")]


def _bindable(settings: Settings, what: str) -> Look:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        with socket.socket(family) as held:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind((settings.host, settings.port))
    except OSError as error:
        return judged(
            HERE,
            what,
            is_good=False,
            found=f"cannot be had: {error.strerror}",
            what_to_do="Set PORT above 1023, or HOST to an address of this machine.",
        )
    return good(HERE, what, "free; no server runs")


async def look(settings: Settings) -> list[Look]:
    """Whether Facebook would reach the webhook.

    Args:
        settings: This process's settings.
    """
    if not settings.public_url:
        return [
            unseen(GROUP, "PUBLIC_URL", "not set", "Set PUBLIC_URL to the https address at which Facebook finds you.")
        ]
    url = URL(settings.public_url)
    if url.scheme != "https":
        return [
            judged(
                GROUP,
                "PUBLIC_URL",
                is_good=False,
                found="it does not begin with https://",
                what_to_do="Put Caddy in front (deploy/Caddyfile) and set PUBLIC_URL to its https address.",
            )
        ]
    webhook = URL(f"{settings.public_url.rstrip('/')}/webhook")
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        try:
            looks = await _challenge(session, webhook, settings.verify_token)
            looks += await _signed(session, webhook, settings.app_secret)
        except aiohttp.ClientConnectorCertificateError:
            todo = "Renew the certificate, with its whole chain: Caddy does so by itself."
            return [judged(GROUP, "Certificate", is_good=False, found="it is not valid", what_to_do=todo)]
        except aiohttp.ClientConnectorDNSError:
            return [
                judged(
                    GROUP,
                    "Name",
                    is_good=False,
                    found="no such name is known",
                    what_to_do="Correct PUBLIC_URL, or add the name to your DNS.",
                )
            ]
        except (aiohttp.ClientError, TimeoutError) as error:
            found = f"cannot be reached from here ({type(error).__name__})"
            return [judged(GROUP, "Address", is_good=False, found=found, what_to_do="Start the proxy, open port 443.")]
    return [*looks, *await asyncio.to_thread(_certificate, url)]


async def _challenge(session: aiohttp.ClientSession, webhook: URL, verify_token: str) -> list[Look]:
    if not verify_token:
        return [unseen(GROUP, "Challenge", "VERIFY_TOKEN is not set", "Put a long random VERIFY_TOKEN into .env.")]
    nonce = str(int.from_bytes(clock.unguessable(5)))
    asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": nonce}
    began = clock.monotonic()
    async with session.get(webhook, params=asked, allow_redirects=False) as answered:
        said = await answered.content.read(200)
    took = timedelta(seconds=clock.monotonic() - began)
    if 300 <= answered.status < 400:
        todo = "Set PUBLIC_URL to where it leads: Facebook follows no redirect."
        return [judged(GROUP, "Challenge", is_good=False, found="it redirects", what_to_do=todo)]
    right = answered.status == 200 and said == nonce.encode()
    if right:
        found = "answered to the letter"
    elif answered.status == 403:
        found = "refused: the server there has another VERIFY_TOKEN, or the proxy forbids it"
    else:
        found = f"answered {answered.status}, not the challenge"
    return [
        judged(GROUP, "Challenge", right, found, _PROXY),
        judged(
            GROUP,
            "Time to answer",
            took <= SLOW,
            f"{took.total_seconds():.2f} s",
            "Move the server nearer, or give it more processor.",
            otherwise="warning",
        ),
    ]


async def _signed(session: aiohttp.ClientSession, webhook: URL, app_secret: str) -> list[Look]:
    """Whether a signed body arrives unchanged, and an unsigned one is refused."""
    if not app_secret:
        return []
    body = '{"object":"page","entry":[],"of":"é \\u003C/"}'.encode()
    answers = {}
    for name, secret in (("signed", app_secret), ("unsigned", clock.token())):
        headers = {"Content-Type": "application/json", signature.HEADER: signature.sign(secret, body)}
        async with session.post(webhook, data=body, headers=headers, allow_redirects=False) as answered:
            answers[name] = answered.status
    if answers["signed"] == 403:
        found = "refused: the server there has another APP_SECRET, or the proxy changes the body"
    else:
        found = "taken, unchanged" if answers["signed"] == 200 else f"answered {answers['signed']}"
    refuses = answers["unsigned"] == 403
    return [
        judged(GROUP, "A signed message", answers["signed"] == 200, found, _PROXY),
        judged(
            GROUP,
            "A forged message",
            refuses,
            "refused" if refuses else f"answered {answers['unsigned']}",
            "Point PUBLIC_URL at this program: what answers there checks no signature.",
        ),
    ]


def _certificate(url: URL) -> list[Look]:
    if url.host is None:
        return []
    try:
        with (
            socket.create_connection((url.host, url.port or 443), timeout=SECONDS) as raw,
            ssl.create_default_context().wrap_socket(raw, server_hostname=url.host) as held,
        ):
            told = held.getpeercert() or {}
    except OSError:
        return [unseen(GROUP, "Certificate", "the connection broke while looking")]
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)
    todo = "Renew it: Caddy does so by itself."
    left = ends - clock.now()
    return [
        judged(GROUP, "Certificate", left > CERTIFICATE_LEAST, f"until {ends:%-d %B %Y}", todo, otherwise="warning")
    ]
