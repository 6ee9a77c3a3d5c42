"""Pictures that Facebook has fetched once: sent again by the id under which it keeps them for the page."""

from collections.abc import Mapping

from bot.base import logs
from handlers.outbound.page import write
from repository.catalogue import pictures
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.files import uploaded

_log = logs.get("outbox")


class Reuse:
    """Knows which pictures a page has given to Facebook.

    Args:
        database: The shop's database, where all processes know it.
        page_id: A further page; empty for the first.
    """

    def __init__(self, database: Database, page_id: str) -> None:
        self._database = database
        self._page_id = page_id

    async def shape(self, message: Mapping[str, object], *, by_id: bool) -> Mapping[str, object]:
        """The message as it is sent: a picture of ours by its id where it has one, else so that Facebook gives it one.

        Args:
            message: The `message` object, with the picture's address.
            by_id: Whether the id may be used.
        """
        name, url = _ours(message)
        if not name:
            return message
        known = await self._known(name) if by_id else ""
        payload = {"attachment_id": known} if known else {"url": url, "is_reusable": True}
        return {**message, "attachment": {"type": "image", "payload": payload}}

    async def note(self, message: Mapping[str, object], attachment_id: str) -> None:
        """Facebook has taken a picture, and keeps it.

        Args:
            message: The message with the picture's address.
            attachment_id: The id that Facebook gave it; empty where it keeps nothing.
        """
        name, _ = _ours(message)
        if name and attachment_id:
            await write(
                self._database,
                lambda conn: uploaded.keep(conn, name=name, page_id=self._page_id, attachment_id=attachment_id),
            )

    async def forget(self, message: Mapping[str, object], sent: Mapping[str, object]) -> None:
        """Facebook keeps a picture no more, or for another page.

        Args:
            message: The message with the picture's address.
            sent: The same as it was sent.
        """
        name, _ = _ours(message)
        known = str(_image(sent).get("attachment_id", ""))
        await write(
            self._database,
            lambda conn: uploaded.forget(conn, name=name, page_id=self._page_id, attachment_id=known),
        )

    async def _known(self, name: str) -> str:
        try:
            async with self._database.connection() as conn:
                return await uploaded.attachment(conn, name=name, page_id=self._page_id)
        except DatabaseError as error:
            _log.warning("uploaded picture not looked up", error=type(error).__name__)
            return ""


def is_by_id(message: Mapping[str, object]) -> bool:
    """Whether a message shows a picture by its id.

    Args:
        message: As it was sent.
    """
    return "attachment_id" in _image(message)


def _image(message: Mapping[str, object]) -> Mapping[str, object]:
    """What a message that is a picture says of it; nothing where it is none."""
    attachment = message.get("attachment")
    if not isinstance(attachment, Mapping) or attachment.get("type") != "image":
        return {}
    payload = attachment.get("payload")
    return payload if isinstance(payload, Mapping) else {}


def _ours(message: Mapping[str, object]) -> tuple[str, str]:
    """The name and the address of the picture of ours that a message is; empty where it is none."""
    url = str(_image(message).get("url", ""))
    return pictures.name_of(url), url
