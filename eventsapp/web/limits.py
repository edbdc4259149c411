"""How often something may be tried. Views of every capability use ``limiter.limit(...)``."""

from flask import Flask, request
from flask_limiter import Limiter, RateLimitExceeded

from eventsapp.config import Settings
from eventsapp.core import clock
from eventsapp.web.errors import error_page


def client() -> str:
    """Who asks, as far as the network tells: the address that our own proxy saw."""
    return request.remote_addr or "unknown"


# At module level: one made inside a function is collected, and every limited page fails.
limiter = Limiter(
    key_func=client,
    strategy="sliding-window-counter",
    # A broker that is down must not keep people from signing in; each worker counts alone then.
    in_memory_fallback_enabled=True,
    swallow_errors=True,
)


def init_app(app: Flask, settings: Settings) -> None:
    """Count in Redis where there is one; in memory, each worker counts for itself."""
    is_redis = settings.broker_url.startswith(("redis://", "rediss://"))
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings.broker_url if is_redis else "memory://")
    app.config.setdefault("RATELIMIT_KEY_PREFIX", "eventsapp")
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, show_exceeded)


def show_exceeded(_: RateLimitExceeded) -> tuple[str, int, dict[str, str]]:
    """Says when to come back; how many tries are left is told to nobody."""
    limit = limiter.current_limit
    wait = limit.reset_at - clock.now().timestamp() if limit else 60
    page, code = error_page(429)
    return page, code, {"Retry-After": str(max(1, int(wait)))}
