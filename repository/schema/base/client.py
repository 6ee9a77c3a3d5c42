"""How MariaDB's and MySQL's own programs are told where a database is, so that nobody else reads it on the way."""

import os

from bot.base.settings import DatabaseSettings


def options_file(account: DatabaseSettings, *, first: str = "") -> int:
    """A file in memory with what leads to the database: as arguments, everybody on this machine could read them.

    The server's certificate is checked as the program's own connections check it: where DB_SSL_CA is set, with the
    server's name, and not at all otherwise, whatever that client does by itself.

    Args:
        account: Which server and account.
        first: A statement that the program sends before any other; only some know how to.

    Returns:
        Its descriptor, which the caller closes. A program that inherits it opens it as `--defaults-file=/dev/fd/N`,
        which must be its first argument and keeps it from reading any other file of options.
    """
    if account.socket:
        options = {"socket": account.socket}
    else:
        # Without the protocol, `localhost` would be whatever socket that client knows.
        options = {"host": account.host, "port": str(account.port), "protocol": "tcp"}
        options["loose-ssl-verify-server-cert"] = "1" if account.ssl_ca else "0"
    options |= {"user": account.user, "password": account.password, "default-character-set": "utf8mb4"}
    if account.ssl_ca:
        options["ssl-ca"] = account.ssl_ca
    if first:
        options["init-command"] = first
    lines = ["[client]", *(f'{name}="{_quoted(value)}"' for name, value in options.items())]
    file = os.memfd_create("quicksell-client", 0)
    os.fchmod(file, 0o600)  # the clients ignore options that others could have written
    os.write(file, "".join(f"{line}\n" for line in lines).encode())
    return file


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
