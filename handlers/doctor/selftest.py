"""The public address, tested from outside in: this shop fetches it with a word and must meet itself."""

import hmac

import aiohttp
from yarl import URL

from bot.base import clock
from handlers.inbound.selftest import PATH, proof
from repository.settings.steps import Outcome

SECONDS = 8.0
SLOW = 1.0
"""Seconds that an answer may take: Facebook gives up after five, and slows down before."""
_PROXY = "Let the proxy in front pass /webhook and all below it to this program, unchanged: deploy/ has examples."


async def meet_ourselves(address: str, secret_key: str) -> Outcome:
    """Fetch our own public address.

    Args:
        address: Such as https://shop.example, without a path.
        secret_key: SECRET_KEY of this shop, which gives the proof.

    Returns:
        What was fetched and what came back; "good" only where this shop answered.
    """
    word = clock.unguessable(16).hex()
    sent = f"GET {address}{PATH} with a word that was made for this one question"
    began = clock.monotonic()
    try:
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar()
            ) as session,
            session.get(URL(f"{address}{PATH}").with_query(word=word), allow_redirects=False) as answered,
        ):
            said = (await answered.content.read(200)).decode(errors="replace")
            status, leads = answered.status, answered.headers.get("Location", "")
    except aiohttp.ClientConnectorDNSError:
        return _broken(sent, "No such name is known.", "Add the name to your DNS, or correct the address.")
    except aiohttp.ClientConnectorCertificateError:
        return _broken(sent, "The certificate is not valid.", "Renew it with its whole chain; Caddy does so by itself.")
    except aiohttp.ClientSSLError:
        return _broken(sent, "No secure connection could be made.", "Let the proxy speak TLS 1.2 or newer on port 443.")
    except TimeoutError:
        return _broken(sent, f"No answer within {SECONDS:.0f} seconds.", "Open port 443 and start the proxy.")
    except (aiohttp.ClientError, ValueError) as error:
        return _broken(sent, f"It cannot be reached ({type(error).__name__}).", "Start the proxy, open port 443.")
    took = clock.monotonic() - began
    if hmac.compare_digest(said.encode(), proof(secret_key, word).encode()) and status == 200:
        met = f"This shop answered after {took:.2f} s."
        if took > SLOW:
            todo = (
                "Move the server nearer or give it more processor: Facebook waits five seconds and slows down before."
            )
            return Outcome(light="warning", sent=sent, answered=met, what_to_do=todo)
        return Outcome(light="good", sent=sent, answered=met)
    if 300 <= status < 400:
        target = URL(leads).origin() if leads.startswith(("http://", "https://")) else "another path"
        return _broken(
            sent, f"It redirects to {target}.", "Enter the address it leads to: Facebook follows no redirect."
        )
    if status == 200:
        todo = "Point the name at this shop, or give all its servers the same SECRET_KEY."
        return _broken(sent, "Something else answers there, or a shop with another SECRET_KEY.", todo)
    if status in (502, 503, 504):
        return _broken(sent, f"{status}: the proxy does not reach this program.", "Give it the right HOST and PORT.")
    if status == 403:
        return _broken(
            sent, "403: something in front forbids it.", "Let the proxy or firewall pass /webhook to everybody."
        )
    return _broken(sent, f"{status} and not our answer.", _PROXY)


def _broken(sent: str, answered: str, what_to_do: str) -> Outcome:
    return Outcome(light="broken", sent=sent, answered=answered, what_to_do=what_to_do)
