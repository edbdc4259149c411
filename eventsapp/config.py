"""Settings, read once from the environment. README has the table; both are kept the same."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(SystemExit):
    """A setting is missing or makes no sense; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. ``from_environment`` documents names and defaults."""

    database_url: str
    data_dir: Path
    base_url: str
    secret_key: str
    broker_url: str
    mail_url: str
    mail_from: str
    mode: str
    log_level: str
    proxies: int
    organisation: str
    default_language: str
    timezone: str
    metrics_token: str

    @property
    def is_secure(self) -> bool:
        """Whether people reach us by https, so that cookies can be bound to it."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> "Settings":
        env = os.environ if env is None else env
        data_dir = Path(env.get("EVENTSAPP_DATA_DIR", str(ROOT / "data"))).resolve()
        mode = env.get("EVENTSAPP_MODE", "demo")
        return cls(
            database_url=_database_url(env.get("EVENTSAPP_DATABASE_URL", ""), data_dir),
            data_dir=data_dir,
            base_url=env.get("EVENTSAPP_BASE_URL", "http://localhost:8000").rstrip("/"),
            secret_key=env.get("EVENTSAPP_SECRET_KEY") or _kept_secret(data_dir, mode),
            broker_url=env.get("EVENTSAPP_BROKER_URL", ""),
            mail_url=env.get("EVENTSAPP_MAIL_URL", ""),
            mail_from=env.get("EVENTSAPP_MAIL_FROM", "eventsapp <no-reply@demo.example>"),
            mode=_one_of("EVENTSAPP_MODE", mode, ("demo", "production", "test")),
            log_level=env.get("EVENTSAPP_LOG_LEVEL", "INFO"),
            proxies=int(env.get("EVENTSAPP_PROXIES", "0")),
            organisation=env.get("EVENTSAPP_ORGANISATION", "eventsapp"),
            default_language=_one_of(
                "EVENTSAPP_LANGUAGE", env.get("EVENTSAPP_LANGUAGE", "en"), ("en", "fr", "ar")
            ),
            timezone=env.get("EVENTSAPP_TIMEZONE", "Europe/Vienna"),
            metrics_token=env.get("EVENTSAPP_METRICS_TOKEN", ""),
        )


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadSetting(f"{name} is {value!r}; it must be one of {', '.join(allowed)}")
    return value


def _database_url(url: str, data_dir: Path) -> str:
    if not url:
        return f"sqlite:///{data_dir / 'eventsapp.sqlite3'}"
    # Plain URLs, as hosting services give them, mean the driver that we ship.
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _kept_secret(data_dir: Path, mode: str) -> str:
    """A secret made once and kept in the data folder; production must be given its own."""
    if mode == "production":
        raise BadSetting("EVENTSAPP_SECRET_KEY must be set in production (64 random characters)")
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text("ascii")
