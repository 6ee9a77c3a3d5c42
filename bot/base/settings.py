"""The settings of this process, read once from the environment and `.env`, with every error shown at once."""

from datetime import UTC, datetime, timedelta, timezone
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from environs import Env, EnvValidationError, validate
from marshmallow import ValidationError
from msgspec.structs import replace

from bot.base.exits import MISSING, Failure
from bot.base.sealing import keys_of

Network = IPv4Network | IPv6Network
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """The settings cannot be used; `problems` says which and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class DatabaseSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the shop's database is and who connects to it."""

    host: str = "127.0.0.1"
    port: int = 3306
    socket: str = ""
    user: str = ""
    password: str = ""
    name: str = "quicksell_chatbot"
    ssl_ca: str = ""
    admin_user: str = ""
    admin_password: str = ""

    @property
    def is_given(self) -> bool:
        """Whether somebody has said which account to use."""
        return bool(self.user)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that this process is told from outside. `.env.example` explains each."""

    database: DatabaseSettings = DatabaseSettings()
    page_access_token: str = ""
    app_secret: str = ""
    app_id: str = ""
    page_id: str = ""
    verify_token: str = ""
    graph_api_url: str = "https://graph.facebook.com"
    graph_api_version: str = "v26.0"
    echo_seconds: float = 60.0
    sends_a_second: int = 300
    host: str = "127.0.0.1"
    port: int = 8080
    trusted_proxies: str = ""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 9108
    metrics_allow: str = ""
    secret_key: str = ""
    files_key: str = ""
    public_url: str = ""
    shop_name: str = "QuickSell"
    shop_currency: str = "PHP"
    shop_timezone: str = "Asia/Manila"
    shop_locale: str = "en"
    log_level: str = "INFO"
    traces_url: str = ""
    sentence_vectors: bool = False
    smtp_url: str = ""
    mail_from: str = ""

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks whose word on where a request comes from is taken, beside this machine's."""
        return _networks(self.trusted_proxies)

    @property
    def watchers(self) -> tuple[Network, ...]:
        """The networks that may read what is measured at the public port, beside this machine."""
        return _networks(self.metrics_allow)

    @property
    def offset(self) -> timezone:
        """The shop's fixed offset from UTC, without daylight saving (contract/database.md, "Time")."""
        return offset_of(self.shop_timezone)

    @property
    def has_facebook(self) -> bool:
        """Whether a page is connected: the webhook can check and answer."""
        return bool(self.page_access_token and self.app_secret and self.verify_token)


def offset_of(zone: str) -> timezone:
    """The standard offset of a time zone, the same all year.

    Args:
        zone: A name of the IANA database, such as "Asia/Manila".
    """
    offsets = [datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in (1, 7)]
    return timezone(min(offset or timedelta() for offset in offsets))


def load(path: Path | None = None) -> Settings:
    """The settings of the environment, on top of those of a `.env` file.

    Args:
        path: The `.env` file; the environment alone where it is None or missing.

    Raises:
        SettingsError: Some setting cannot be read; every one of them is named.
    """
    env = Env(eager=False)
    if path is not None and path.exists():
        env.read_env(str(path), recurse=False)
    database = _database(env, "DB_")
    others = {
        "page_access_token": env.str("PAGE_ACCESS_TOKEN", ""),
        "app_secret": env.str("APP_SECRET", ""),
        "app_id": env.str("APP_ID", ""),
        "page_id": env.str("PAGE_ID", ""),
        "verify_token": env.str("VERIFY_TOKEN", ""),
        "graph_api_url": env.str("GRAPH_API_URL", "https://graph.facebook.com"),
        "graph_api_version": env.str("GRAPH_API_VERSION", "v26.0", validate=validate.Regexp(r"^v\d+\.\d+$")),
        "echo_seconds": env.float("ECHO_SECONDS", 60.0, validate=validate.Range(min=0, max=600)),
        "sends_a_second": env.int("SENDS_A_SECOND", 300, validate=validate.Range(min=0, max=100_000)),
        "host": env.str("HOST", "127.0.0.1"),
        "port": env.int("PORT", 8080, validate=validate.Range(min=0, max=65535)),
        "trusted_proxies": env.str("TRUSTED_PROXIES", "", validate=_are_networks),
        "metrics_host": env.str("METRICS_HOST", "127.0.0.1"),
        "metrics_port": env.int("METRICS_PORT", 9108, validate=validate.Range(min=0, max=65000)),
        "metrics_allow": env.str("METRICS_ALLOW", "", validate=_are_networks),
        "secret_key": env.str("SECRET_KEY", ""),
        "files_key": env.str("FILES_KEY", "", validate=_are_keys),
        "public_url": env.str("PUBLIC_URL", ""),
        "shop_name": env.str("SHOP_NAME", "QuickSell"),
        "shop_currency": env.str("SHOP_CURRENCY", "PHP", validate=validate.Length(equal=3)),
        "shop_timezone": env.str("SHOP_TIMEZONE", "Asia/Manila", validate=_is_zone),
        "shop_locale": env.str("SHOP_LOCALE", "en", validate=validate.OneOf(("en", "fil"))),
        "log_level": env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(LEVELS)),
        "traces_url": env.str("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
        "sentence_vectors": env.bool("SENTENCE_VECTORS", False),
        "smtp_url": env.str("SMTP_URL", ""),
        "mail_from": env.str("MAIL_FROM", ""),
    }
    try:
        env.seal()
    except EnvValidationError as error:
        said = error.error_messages
        problems = said if isinstance(said, list) else [f"{name}: {' '.join(why)}" for name, why in said.items()]
        raise SettingsError(problems) from None
    return msgspec.convert({"database": database, **others}, Settings)


def load_test_database() -> DatabaseSettings | None:
    """The server that the tests shall use, from `TEST_DB_*`; None where they make one of their own."""
    env = Env()
    database = msgspec.convert(_database(env, "TEST_DB_"), DatabaseSettings)
    return database if database.is_given else None


def _database(env: Env, prefix: str) -> dict[str, object]:
    return {
        "host": env.str(f"{prefix}HOST", "127.0.0.1"),
        "port": env.int(f"{prefix}PORT", 3306, validate=validate.Range(min=1, max=65535)),
        "socket": env.str(f"{prefix}SOCKET", ""),
        "user": env.str(f"{prefix}USER", ""),
        "password": env.str(f"{prefix}PASSWORD", ""),
        "name": env.str(f"{prefix}NAME", "quicksell_chatbot", validate=validate.Regexp(r"^[A-Za-z0-9_$-]{1,64}$")),
        "ssl_ca": env.str(f"{prefix}SSL_CA", ""),
        "admin_user": env.str(f"{prefix}ADMIN_USER", ""),
        "admin_password": env.str(f"{prefix}ADMIN_PASSWORD", ""),
    }


def _is_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError(f"{name!r} is no time zone; write one such as Asia/Manila") from None


def _networks(setting: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip(), strict=False) for part in setting.split(",") if part.strip())


def _are_networks(setting: str) -> None:
    for part in setting.split(","):
        try:
            ip_network(part.strip() or "127.0.0.1", strict=False)
        except ValueError:
            raise ValidationError(f"{part.strip()!r} is no network; write one such as 172.16.0.0/12") from None


def _are_keys(setting: str) -> None:
    try:
        keys_of(setting)
    except ValueError as error:
        raise ValidationError(str(error)) from None


def database_admin(settings: Settings) -> DatabaseSettings:
    """The account that may change the schema: DB_ADMIN_USER, or DB_USER where none is set.

    Raises:
        Failure: Neither is set.
    """
    database = settings.database
    if database.admin_user:
        return replace(database, user=database.admin_user, password=database.admin_password)
    if database.is_given:
        return database
    raise Failure("Set DB_USER, or DB_ADMIN_USER, in the environment or in .env.", MISSING)
