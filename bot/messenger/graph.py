"""The Graph API over aiohttp. Contract, sections 3.1, 5, 7 and 8.

pymessenger's `Bot` builds payload shapes and the app secret's proof; its own `send_raw` blocks, so it is replaced here,
and its convenience methods can then be awaited.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from typing import Literal, NoReturn, Self
from urllib.parse import quote

import aiohttp
import msgspec
from yarl import URL

from bot.base import metrics
from bot.messenger.answers import Attached, Done, Profile, Sent, TokenState, Usage, read_answer
from bot.messenger.checks import check_send
from bot.messenger.error_table import BY_CODE, read_error, read_usage
from bot.messenger.errors import BadRequest, GraphError, NotFound, TemporaryError, Unconfirmed, Unreachable
from bot.messenger.library import pymessenger
from bot.messenger.posting import Posted, Posting, asked

Action = Literal["typing_on", "typing_off", "mark_seen"]
MessagingType = Literal["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"]

CONNECT_SECONDS = 5.0
KEEP_ALIVE_SECONDS = 60.0
PROFILE_FIELDS = ("first_name", "last_name", "name", "profile_pic")

_UNHEARD = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_CUT_OFF = (aiohttp.ClientError, TimeoutError, OSError)

_encode = msgspec.json.Encoder().encode
_UNUSED = Usage()
_WHO = {"User-Agent": "QuickSell"}


class Graph(pymessenger.Bot):  # type: ignore[misc]  # pymessenger has no types
    """One page's way to Facebook. Open it with `async with`, or `close` it; use it on one event loop.

    Args:
        token: The page's access token. It travels in a header, never in an address.
        app_secret: Proves with each call that the token is used by its app; None where the app does not ask for it.
        base_url: Where the Graph API is, such as an emulator's address.
        version: Of the Graph API, with or without the `v`.
        seconds: How long to wait for an answer.
        connections: How many calls may run at once; more wait for their turn.
        sends_a_second: How many messages the page may send in a second, 0 for no limit.

    Attributes:
        usage: How much of Meta's limits was used up when it last said so.
    """

    def __init__(
        self,
        token: str,
        *,
        app_secret: str | None = None,
        base_url: str = "https://graph.facebook.com",
        version: str = "v26.0",
        seconds: float = 20.0,
        connections: int = 100,
        sends_a_second: int = 300,
    ) -> None:
        number = version.removeprefix("v")
        super().__init__(token, api_version=number, app_secret=app_secret or None)
        self.graph_url = f"{base_url.rstrip('/')}/v{number}"
        self.usage = _UNUSED
        self.sends_a_second = sends_a_second
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        self._turns = asyncio.Semaphore(connections)  # not the connector's limit: waiting for a turn is no time-out
        self._session: aiohttp.ClientSession | None = None
        self._posting: Posting | None = None
        self.use_token(token)

    def use_token(self, token: str, *, app_secret: str = "") -> None:
        """Use another token from the next call on, and another app's secret where one is given."""
        self.access_token = token
        self.app_secret: str | None = app_secret or self.app_secret
        self.__dict__.pop("_auth_args", None)  # pymessenger would keep the proof of the old token
        self._headers = {**_WHO, "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._messages = self.url("me/messages")
        self._posting = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections. A later call opens new ones."""
        session, self._session, self._posting = self._session, None, None
        if session is not None:
            await session.close()

    async def send(
        self,
        psid: str,
        message: dict[str, object],
        *,
        metadata: str = "",
        messaging_type: MessagingType = "RESPONSE",
        tag: str | None = None,
        persona_id: str | None = None,
        notification_type: str | None = None,
        is_checked: bool = False,
    ) -> Sent:
        """Send a message to a person.

        Args:
            psid: Who gets it.
            message: The `message` object, such as a `Message.payload()`.
            metadata: Comes back with the echo, so that we know the message for ours.
            messaging_type: Why it is sent: contract, section 4.
            tag: With MESSAGE_TAG: HUMAN_AGENT, and only for what a person typed.
            persona_id: Whose name and picture to show instead of the page's.
            notification_type: REGULAR, SILENT_PUSH or NO_PUSH; None is REGULAR.
            is_checked: Whether the message was made by `bot/messenger/messages.py`, which keeps Messenger's limits, so
                that they need not be checked again.

        Returns:
            The ids that Facebook gave it.

        Raises:
            Unconfirmed: It may have been delivered; see whether an echo with the metadata comes.
            BadRequest: It breaks one of Messenger's limits, and was not sent.
            GraphError: Another of them, as Facebook answered; it was not delivered.
        """
        body: dict[str, object] = {
            "recipient": {"id": psid},
            "messaging_type": messaging_type,
            "message": {**message, "metadata": metadata} if metadata else message,
        }
        extras = {"tag": tag, "persona_id": persona_id, "notification_type": notification_type}
        body |= {key: value for key, value in extras.items() if value is not None}
        if not is_checked and (fault := check_send(body)):
            raise BadRequest(fault.message, code=fault.code, subcode=fault.subcode)
        sent = await self._post_message(body)
        if not sent.message_id:
            raise Unconfirmed("the answer to a send has no message id", status=200)
        return sent

    async def action(self, psid: str, action: Action, *, persona_id: str | None = None) -> None:
        """Show the person that the page is typing (for up to 20 seconds), has stopped, or has read what they wrote."""
        body: dict[str, object] = {"recipient": {"id": psid}, "sender_action": action}
        if persona_id is not None:
            body["persona_id"] = persona_id
        await self.call("POST", self._messages, body)

    def send_raw(self, payload: Mapping[str, object]) -> Awaitable[Sent]:
        """What pymessenger's own `send_...` methods end in: await what they return."""
        body = {key: _unwrapped(value) for key, value in payload.items()}
        if "message" in body:
            body.setdefault("messaging_type", "RESPONSE")
        return self._post_message(body)

    def send_video_url(self, recipient_id: str, video_url: str) -> Awaitable[Sent]:
        """Send a video by its address; pymessenger's own sends it as audio."""
        attachment = {"type": "video", "payload": {"url": video_url}}
        return self.send_raw({"recipient": {"id": recipient_id}, "message": {"attachment": attachment}})

    def _no_file(self, *_: object) -> NoReturn:
        raise NotImplementedError("pymessenger can't send files; upload() can")

    send_image = send_audio = send_video = send_file = _no_file

    async def upload(self, content: bytes, *, kind: str = "image", name: str, content_type: str) -> str:
        """The attachment id under which Facebook keeps a file for this page.

        Args:
            content: The file, at most 25 MB: Facebook's limit.
            kind: image, audio, video or file.
            name: A file name.
            content_type: Such as image/png.
        """
        form = aiohttp.FormData()
        message = {"attachment": {"type": kind, "payload": {"is_reusable": True}}}
        form.add_field("message", _encode(message).decode())
        form.add_field("filedata", content, filename=name, content_type=content_type)
        answer = await self.call("POST", self.url("me/message_attachments"), form)
        return read_answer(answer, Attached).attachment_id

    async def profile(self, psid: str, fields: Iterable[str] = PROFILE_FIELDS) -> Profile:
        """What Facebook tells of a person; blank where it tells nothing."""
        try:
            answer = await self.call("GET", self.url(quote(psid, safe=""), fields=",".join(fields)))
        except (NotFound, Unreachable):
            return Profile()
        return read_answer(answer, Profile)

    async def messenger_profile(self, fields: Iterable[str]) -> dict[str, object]:
        """The page's Messenger profile: get_started, greeting, ice_breakers, persistent_menu... 10 calls/10 min."""
        answer = await self.call("GET", self.url("me/messenger_profile", fields=",".join(fields)))
        properties = read_answer(answer, dict[str, list[dict[str, object]]]).get("data", [])
        return {key: value for part in properties for key, value in part.items()}

    async def set_messenger_profile(self, properties: Mapping[str, object]) -> None:
        """Overwrite the properties that are given, and no others."""
        await self.call("POST", self.url("me/messenger_profile"), dict(properties))

    async def delete_messenger_profile(self, fields: Iterable[str]) -> None:
        """Remove properties."""
        await self.call("DELETE", self.url("me/messenger_profile"), {"fields": list(fields)})

    async def thread_control(
        self, psid: str, step: Literal["pass", "take", "release", "request"], *, app_id: str = "", metadata: str = ""
    ) -> bool:
        """Hand a conversation to another app (`app_id`), or take it, release it, ask for it."""
        body: dict[str, object] = {"recipient": {"id": psid}, "metadata": metadata}
        if app_id:
            body["target_app_id"] = app_id
        return read_answer(await self.call("POST", self.url(f"me/{step}_thread_control"), body), Done).success

    async def debug_token(self, app_id: str) -> TokenState:
        """What Facebook says about the page's token: whether it works, until when, and what it may do."""
        answer = await self.as_app("GET", "debug_token", app_id, input_token=self.access_token)
        return read_answer(answer, dict[str, TokenState]).get("data", TokenState())

    async def as_app(
        self, method: str, path: str, app_id: str, *, body: aiohttp.FormData | None = None, **query: str
    ) -> bytes:
        """The answer to a call, as `call`, that the app makes itself, with its own token and so without a proof."""
        url = self.url(path, **query).without_query_params("appsecret_proof")
        return await self.call(method, url, body, token=f"{app_id}|{self.app_secret}")

    def url(self, path: str, **query: str) -> URL:
        """The address of a node or an edge, such as `me/messages`, with its query."""
        proof = self.auth_args.get("appsecret_proof")
        if proof is not None:
            query["appsecret_proof"] = proof
        url = URL(self.graph_url).joinpath(path, encoded=True)
        return url.with_query(query) if query else url

    async def _post_message(self, body: dict[str, object]) -> Sent:
        if self._posting is None:
            self._posting = Posting(self._connected(), self._messages, self._headers, self._timeout)
        answer = await self._answered(self._posting.post(_encode(body)), may_have_happened=True)
        try:
            return read_answer(answer, Sent)
        except TemporaryError as error:
            raise Unconfirmed("the answer to a send can't be read", status=200) from error

    async def call(
        self,
        method: str,
        url: URL,
        body: dict[str, object] | aiohttp.FormData | None = None,
        *,
        may_have_happened: bool = False,
        token: str | None = None,
    ) -> bytes:
        """The answer to a call that succeeded, else a `GraphError`; `Unconfirmed` only where it may have happened."""
        headers = self._headers
        if token is not None or isinstance(body, aiohttp.FormData):
            headers = {**_WHO, "Authorization": f"Bearer {token or self.access_token}"}
        content = _encode(body) if isinstance(body, dict) else body
        asking = asked(self._connected(), method, url, content, headers)
        return await self._answered(asking, may_have_happened=may_have_happened)

    async def _answered(self, asking: Awaitable[Posted], *, may_have_happened: bool = False) -> bytes:
        """What was answered, where it is no refusal; `Unconfirmed` only where it may have happened."""
        try:
            async with self._turns:
                posted = await asking
        except _UNHEARD as error:
            metrics.graph_errors.labels("TemporaryError", "unreachable").inc()
            raise TemporaryError("Facebook could not be reached") from error
        except _CUT_OFF as error:
            kind: type[GraphError] = Unconfirmed if may_have_happened else TemporaryError
            metrics.graph_errors.labels(kind.__name__, "no_answer").inc()
            raise kind(f"no answer from Facebook ({type(error).__name__})") from error
        status, answer, headers = posted.status, posted.content, posted.headers
        if "X-Business-Use-Case-Usage" in headers or "X-App-Usage" in headers:
            self.usage = read_usage(headers)
        elif may_have_happened:
            self.usage = _UNUSED  # a send says so once a limit comes near
        if status != 200 or answer.startswith(b'{"error"'):
            refusal = read_error(status, answer, headers, may_have_happened=may_have_happened)
            code = str(refusal.code) if refusal.code in BY_CODE else "other"
            metrics.graph_errors.labels(type(refusal).__name__, code).inc()
            raise refusal
        return answer

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS)
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=jar, timeout=self._timeout)
        return self._session


def _unwrapped(value: object) -> object:
    """pymessenger's `send_..._url` methods put JSON into strings."""
    if isinstance(value, str) and value.startswith("{"):
        unwrapped: object = msgspec.json.decode(value)
        return unwrapped
    return value
