"""Mails, over one SMTP server, encrypted unless that server is on this machine."""

import ipaddress
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

import aiosmtplib

SECONDS = 20.0
"""How long a mail server may take for each step."""


class MailRefused(Exception):
    """A mail was not taken.

    Attributes:
        reason: Why, in words without addresses.
        for_good: Whether it is no use to try again.
    """

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Mail:
    """The shop's way to send mails.

    Args:
        url: Such as `smtps://name:password@mail.example:465`, or `smtp://...:587`, which must offer STARTTLS unless the
            server is on this machine.
        sender: Whom mails are from; empty for the name in the address.

    Raises:
        ValueError: The address cannot be used; the words say why.
    """

    def __init__(self, url: str, *, sender: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("SMTP_URL must look like smtps://name:password@mail.example:465")
        self._host = parts.hostname
        self._is_tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._is_tls else 587)
        self._username = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender or self._username
        if "@" not in self._sender:
            raise ValueError("MAIL_FROM must say whom mails are from, such as shop@example.com")

    async def send(self, to: str, *, subject: str, text: str, key: str) -> None:
        """Send a mail.

        Args:
            to: To whom.
            subject: What stands above it.
            text: What it says.
            key: Always the same for the same mail: one that is sent twice, since nobody knows whether it was taken, is
                known by it.

        Raises:
            MailRefused: It was not taken.
        """
        message = EmailMessage()
        domain = self._sender.rpartition("@")[2].strip("> ")
        message["From"], message["To"] = self._sender, to
        message["Subject"] = " ".join(subject.split())
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            await aiosmtplib.send(
                message,
                hostname=self._host,
                port=self._port,
                username=self._username or None,
                password=self._password or None,
                use_tls=self._is_tls,
                start_tls=None if self._is_tls or _is_here(self._host) else True,
                timeout=SECONDS,
            )
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPRecipientRefused) as error:
            raise MailRefused("The mail server does not take this address.", for_good=True) from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise MailRefused("The mail server does not take the name and password.") from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailRefused(f"The mail server refused it ({error.code}).", for_good=error.code >= 500) from error
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailRefused(f"The mail server could not be reached ({type(error).__name__}).") from error


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
