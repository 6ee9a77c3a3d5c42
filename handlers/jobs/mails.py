"""Mails that are due: to merchants, and the notices that a shopper gets by mail."""

from collections.abc import Mapping

from bot.base import logs, metrics
from handlers.outbound.mail import Mail, MailRefused
from handlers.turns.in_force import Shop
from handlers.turns.spoken import plain_text
from replies.notices import notice as notice_of
from replies.render import render
from replies.words import Words
from repository.database.connection import Connection
from repository.notices import sending
from repository.notices.sending import ToMerchant, ToShopper
from repository.settings import connections
from repository.settings.secrets import Sealer

_log = logs.get("jobs")
AT_ONCE = 20
NO_SERVER = "The shop has no mail server: set SMTP_URL."
SUBJECTS: Mapping[str, str] = {
    "new_order": "A new order",
    "proof_waiting": "Something waits for you to look at it",
    "low_stock": "A product is running low",
    "flag": "An order needs you",
    "page": "Your page cannot send messages",
    "policy": "Facebook wrote about your page",
}


class Mails:
    """Sends the mails that are due.

    Args:
        shop: The shop.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._sealer = Sealer(shop.settings.secret_key)
        self._server: tuple[tuple[str, str], Mail | None] = (("", ""), None)

    async def server(self, conn: Connection) -> Mail | None:
        """The mail server in force: what the console says, else the environment; None where there is none.

        Args:
            conn: An open connection.
        """
        settings = self._shop.settings
        given = {"smtp_url": settings.smtp_url, "mail_from": settings.mail_from}
        known = await connections.load(conn, sealer=self._sealer, given=given)
        key = (known.smtp_url, known.mail_from)
        if self._server[0] != key:
            try:
                self._server = (key, Mail(known.smtp_url, sender=known.mail_from) if known.smtp_url else None)
            except ValueError as error:
                _log.error("the mail server cannot be used", reason=str(error))
                self._server = (key, None)
        return self._server[1]

    async def send_due(self, mail: Mail | None, words: Words) -> None:
        """Send what is due; each is claimed before and marked after, so a crash between sends it again.

        Args:
            mail: The mail server; None where there is none, and what is due is refused.
            words: The bot's words.
        """
        database = self._shop.database
        while claimed := await database.retry(lambda conn: sending.claim_mails(conn, most=AT_ONCE)):
            for notice in claimed:
                await self._to_merchant(mail, notice)
        while mails := await database.retry(lambda conn: sending.claim_shoppers_mails(conn, most=AT_ONCE)):
            for each in mails:
                await self._to_shopper(mail, each, words)

    async def _to_merchant(self, mail: Mail | None, notice: ToMerchant) -> None:
        subject = f"{self._shop.settings.shop_name}: {SUBJECTS.get(notice.kind, 'News')}"
        key = f"merchant-{notice.id}"
        refused = await _sent(mail, notice.recipient, subject=subject, text=notice.words, key=key)
        async with self._shop.database.connection() as conn:
            if refused is None:
                await sending.mailed(conn, notice_id=notice.id)
            else:
                await sending.not_mailed(conn, notice=notice, reason=refused.reason, for_good=refused.for_good)

    async def _to_shopper(self, mail: Mail | None, notice: ToShopper, words: Words) -> None:
        reply = notice_of(notice.template_name, notice.template_data)
        text = notice.message
        if reply is not None:
            text = plain_text(
                [
                    message.payload()
                    for message in render([reply], words, self._shop.rules_known.spoken(notice.language))
                ]
            )
        subject = notice.subject or f"{self._shop.settings.shop_name}: {' '.join(text.split())[:60]}"
        if text.strip():
            refused = await _sent(mail, notice.recipient, subject=subject, text=text, key=f"notice-{notice.id}")
        else:
            refused = MailRefused("there is nothing to say", for_good=True)
        async with self._shop.database.connection() as conn:
            if refused is None:
                await sending.shopper_mailed(conn, notice_id=notice.id, text=text)
            else:
                reason, for_good = refused.reason, refused.for_good
                await sending.shopper_not_mailed(conn, notice=notice, reason=reason, for_good=for_good)


async def _sent(mail: Mail | None, to: str, *, subject: str, text: str, key: str) -> MailRefused | None:
    """Send a mail; what was wrong, None where nothing was."""
    if mail is None:
        return MailRefused(NO_SERVER, for_good=True)
    try:
        await mail.send(to, subject=subject, text=text, key=key)
    except MailRefused as refused:
        metrics.jobs.labels("mails", "refused").inc()
        _log.warning("mail not sent", reason=refused.reason)
        return refused
    metrics.jobs.labels("mails", "sent").inc()
    return None
