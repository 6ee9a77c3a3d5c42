"""What the driver needs to log a session in."""

import ssl

from bot.base.settings import DatabaseSettings


def connect_arguments(settings: DatabaseSettings) -> dict[str, object]:
    """What the driver needs to log a session in; `repository/database/opening.py` says how it goes on.

    Args:
        settings: Which server and account.
    """
    arguments: dict[str, object] = {
        "user": settings.user,
        # The driver writes it in Latin-1, the server knows it in UTF-8: findings/password_in_latin1.sh
        "password": settings.password.encode().decode("latin-1"),
        "db": settings.name,
        "charset": "utf8mb4",
        "autocommit": True,
        "connect_timeout": 5,
        "local_infile": False,
    }
    if settings.socket:
        arguments["unix_socket"] = settings.socket
    else:
        arguments |= {"host": settings.host, "port": settings.port}
    if settings.ssl_ca:
        arguments["ssl"] = ssl.create_default_context(cafile=settings.ssl_ca)
    return arguments
