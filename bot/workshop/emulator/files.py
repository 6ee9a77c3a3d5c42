"""Pictures and files that shoppers sent or the bot uploaded, served as Facebook's own servers would."""

import msgspec
from aiohttp import web

from bot.base import clock

#: What browsers may show from here; anything else is offered as a download.
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/mp4", "audio/wav", "video/mp4")
_BEGINNINGS = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file."""

    content_type: str
    content: bytes


class Files:
    """All files, by an address that cannot be guessed."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._attachments: dict[str, str] = {}
        self._given = 0

    def keep(self, content: bytes, content_type: str = "") -> str:
        """Keep a file.

        Args:
            content: Its bytes.
            content_type: Its type; empty to tell by its beginning.

        Returns:
            Its name, to be asked for under `/files/`.
        """
        name = clock.token(12)
        self._files[name] = File(content_type=content_type or _type_of(content), content=content)
        return name

    def get(self, name: str) -> File | None:
        """The file of a name, or None."""
        return self._files.get(name)

    def type_of(self, name: str) -> str:
        """The content type of a file; empty for none."""
        file = self._files.get(name)
        return file.content_type if file else ""

    def restore(self, name: str, content: bytes, content_type: str) -> None:
        """Have a file of an earlier run again."""
        self._files[name] = File(content_type=content_type, content=content)

    def reattach(self, number: str, url: str) -> None:
        """Have an attachment id of an earlier run again."""
        self._attachments[number] = url
        self._given += 1

    def attach(self, url: str) -> str:
        """A new attachment id for an address that can be sent again and again."""
        number = f"{1_900_000_000_000_000 + self._given:d}"
        self._given += 1
        self._attachments[number] = url
        return number

    def attached(self, attachment_id: str) -> str | None:
        """The address behind an attachment id, or None."""
        return self._attachments.get(attachment_id)

    def forgets_attachments(self) -> None:
        """No attachment id is known any more, as after Facebook has thrown away what was uploaded."""
        self._attachments.clear()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET .../files/{name}`."""
        file = self.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        shown = file.content_type in _SHOWN
        return web.Response(
            body=file.content,
            content_type=file.content_type if shown else "application/octet-stream",
            headers={
                "Cache-Control": "private, max-age=86400, immutable",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                **({} if shown else {"Content-Disposition": "attachment"}),
            },
        )


def _type_of(content: bytes) -> str:
    for beginning, content_type in _BEGINNINGS:
        if content.startswith(beginning):
            return content_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"
