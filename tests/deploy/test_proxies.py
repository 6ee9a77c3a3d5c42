"""The examples for Caddy and nginx, read by these programs themselves, which are fetched where they are not here."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.test_deploy import DEPLOY

pytestmark = pytest.mark.long
CERTIFICATE = "/etc/letsencrypt/live/shop.example.com"


def program(name: str, package: str, folder: Path) -> str:
    """A program of this machine, or of a package of Debian that is unpacked and not installed."""
    if found := shutil.which(name):
        return found
    subprocess.run(["apt-get", "download", package], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob(f"{package}_*.deb")
    subprocess.run(["dpkg", "-x", archive.name, "."], cwd=folder, check=True)
    return str(next(path for path in (folder / "usr").rglob(name) if path.parent.name in ("bin", "sbin")))


def test_caddy_takes_its_example(tmp_path: Path) -> None:
    caddy = program("caddy", "caddy", tmp_path)
    config = str(DEPLOY / "Caddyfile")
    told = subprocess.run(
        [caddy, "validate", "--adapter", "caddyfile", "--config", config], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr[-500:]


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    nginx = program("nginx", "nginx", tmp_path)
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=shop.example.com",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").replace(CERTIFICATE, str(tmp_path))
    assert str(key) in site
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    bodies = "".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy"))
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {bodies} include site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    told = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert "syntax is ok" in told.stderr, told.stderr[-500:]
    wrong = [line for line in told.stderr.splitlines() if "[emerg]" in line and "mkdir()" not in line]
    assert wrong == [], "only its own folders may be missing on this machine"
