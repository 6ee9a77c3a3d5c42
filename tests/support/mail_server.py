"""A real SMTP server for tests, with TLS and a password, and what it was sent."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME, PASSWORD = "shop@example.com", "a p@ss/word"
DAY = datetime(2026, 11, 28, tzinfo=UTC)


class MailServer:
    """What the server was sent, and what it refuses.

    Attributes:
        mails: What it has taken, in order.
        refuses: What it answers to the next mails instead of taking them, the first first.
        url: Where it is, with name and password.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: list[str] = []
        self.url = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses:
            return self.refuses.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 taken"


@asynccontextmanager
async def mail_server(folder: Path, *, implicit: bool = True) -> AsyncIterator[MailServer]:
    """A server that listens until the block is left.

    Args:
        folder: Where its certificate is put: `certificate.pem`, which signs itself.
        implicit: TLS from the first byte on, else STARTTLS is offered.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*_certificate(folder))
    made = MailServer()

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        login, password = getattr(given, "login", b""), getattr(given, "password", b"")
        return AuthResult(success=(login, password) == (NAME.encode(), PASSWORD.encode()), handled=False)

    def protocol() -> SMTP:
        return SMTP(
            made,
            hostname="mail.example",
            authenticator=authenticate,
            auth_required=True,
            auth_require_tls=not implicit,
            tls_context=None if implicit else context,
            require_starttls=not implicit,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if implicit else None)
    port = server.sockets[0].getsockname()[1]
    scheme = "smtps" if implicit else "smtp"
    made.url = f"{scheme}://shop%40example.com:a%20p%40ss%2Fword@127.0.0.1:{port}"
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths
