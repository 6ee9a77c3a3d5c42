"""A certificate for graph.facebook.com, made for one run, so that programs that know only that address can be tried.

Whoever trusts it trusts nothing else by it: its authority is limited to that one name, ends after some days, and its
private key is never written down.
"""

import os
import ssl
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "graph.facebook.com"
#: What the file is called that the program under test has to trust.
FILE = "emulated-graph-ca.pem"
_LIVES = timedelta(days=7)


def make(folder: Path, now: datetime) -> tuple[ssl.SSLContext, Path]:
    """A context that answers as graph.facebook.com, and the file with the authority to be trusted.

    Args:
        folder: Where the file is put; made when it is missing.
        now: When the certificate begins to hold.

    Raises:
        OSError: The folder cannot be written.
    """
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "QuickSell emulated Graph")])
    authority = _begun(issuer, issuer, authority_key.public_key(), now)
    authority = authority.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    only = [x509.DNSName(HOST), x509.DNSName("localhost")]
    authority = authority.add_extension(x509.NameConstraints(only, None), critical=True)
    authority = authority.add_extension(_usage(signs=True), critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
    authority = authority.add_extension(identifier, critical=False)
    leaf = _begun(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), issuer, key.public_key(), now
    ).add_extension(x509.SubjectAlternativeName(only), critical=False)
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    leaf = leaf.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
    )
    signed = leaf.sign(authority_key, hashes.SHA256())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE
    path.write_bytes(authority.sign(authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return _context(signed, key), path


def trusting(path: Path, proxy: str) -> str:
    """What to put before a program's command line, so that it reaches the emulator as graph.facebook.com.

    Args:
        path: The file that `make` has written.
        proxy: Where the way to the emulator begins; see `tunnel`.
    """
    names = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
    return " ".join(
        [f"HTTPS_PROXY={proxy}", f"https_proxy={proxy}", *(f"{name}={path}" for name in names), "NODE_USE_ENV_PROXY=1"]
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + _LIVES)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _context(signed: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> ssl.SSLContext:
    """The context; the standard library reads keys from files only, so one is there for as long as that takes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "leaf.pem"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(plain + signed.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context
