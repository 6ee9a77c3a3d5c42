"""Many POSTs to one address, over the connections of an aiohttp session, with the request's head written once.

A call of the session makes each request's head, body and response anew from its parts, which was a seventh of a turn's
processor time. Here aiohttp still opens, checks, pools and closes the connections and reads what is answered.
"""

import asyncio
from collections.abc import Mapping

import aiohttp
from aiohttp.http import HttpProcessingError
from multidict import CIMultiDictProxy
from yarl import URL

_BREAKS = frozenset("\r\n\0")


class Posted:
    """What was answered.

    Attributes:
        status: The HTTP status.
        headers: The answer's headers.
        content: Its body.
    """

    __slots__ = ("content", "headers", "status")

    def __init__(self, status: int, headers: CIMultiDictProxy[str], content: bytes) -> None:
        self.status = status
        self.headers = headers
        self.content = content


async def asked(
    session: aiohttp.ClientSession,
    method: str,
    url: URL,
    content: bytes | aiohttp.FormData | None,
    headers: Mapping[str, str],
) -> Posted:
    """What is answered to one call of any kind; a redirect is an answer too.

    Raises:
        aiohttp.ClientError: As the session's `request`.
    """
    async with session.request(method, url, data=content, headers=headers, allow_redirects=False) as response:
        return Posted(response.status, response.headers, await response.read())


class Posting:
    """One address that much is POSTed to.

    Args:
        session: Whose connections are used.
        url: The address.
        headers: What every request carries.
        timeout: How long a connection and an answer may take.

    Raises:
        ValueError: A header would end before its end.
    """

    def __init__(
        self, session: aiohttp.ClientSession, url: URL, headers: Mapping[str, str], timeout: aiohttp.ClientTimeout
    ) -> None:
        assert session.connector is not None, "it is open"
        self._connector = session.connector
        self._timeout = timeout
        # Says to the connector where to, and which headers aiohttp itself would add.
        self._request = aiohttp.ClientRequest(
            "POST", url, headers=headers, loop=asyncio.get_running_loop(), session=session
        )
        said = {name: value for name, value in self._request.headers.items() if name.lower() != "content-length"}
        if any(_BREAKS.intersection(f"{name}{value}") for name, value in said.items()):
            raise ValueError("a header cannot hold the end of a line")
        lines = [f"POST {url.raw_path_qs} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
        self._head = "\r\n".join([*lines, "Content-Length: "]).encode()

    async def post(self, body: bytes) -> Posted:
        """POST something, and get what is answered.

        Args:
            body: What.

        Raises:
            aiohttp.ClientError: As a session's `post`, in the same kinds.
            TimeoutError: It took too long, and may have arrived.
            OSError: The connection broke.
        """
        async with asyncio.timeout(self._timeout.total):
            try:
                connection = await self._connector.connect(self._request, traces=[], timeout=self._timeout)
            except TimeoutError as error:
                raise aiohttp.ConnectionTimeoutError("no connection in time") from error
            try:
                answered = await self._posted(connection, body)
            except BaseException:
                connection.close()
                raise
            connection.release()
        return answered

    async def _posted(self, connection: aiohttp.connector.Connection, body: bytes) -> Posted:
        protocol, transport = connection.protocol, connection.transport
        if protocol is None or transport is None:
            raise aiohttp.ServerDisconnectedError
        protocol.set_response_params(read_until_eof=True)
        transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        status = 100
        while 100 <= status < 200:  # what comes before the answer
            try:
                message, content = await protocol.read()
            except HttpProcessingError as error:
                raise aiohttp.ClientPayloadError("the answer is no HTTP") from error
            status = message.code
        return Posted(status, message.headers, await content.read())
