"""Everything comes together here: the one module that knows all others."""

from datetime import timedelta

from flask import Flask, g, request
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import eventsapp
from eventsapp import accounts
from eventsapp.config import ROOT, Settings
from eventsapp.core import discover
from eventsapp.core.db import begin_writing, db, end_writing, prepare_engine
from eventsapp.edge import logs, metrics, wiring
from eventsapp.overview import navigation
from eventsapp.web import (
    access,
    addresses,
    errors,
    filters,
    headers,
    kept_files,
    limits,
    locale,
    reading,
    registry,
    static_files,
    tracing,
)
from eventsapp.web.untraced import Application
from eventsapp.workshops import follower

MAX_UPLOAD_BYTES = 16 * 1024 * 1024
csrf = CSRFProtect()
migrate = Migrate(directory=str(ROOT / "migrations"))


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application; raises when something about it is not in order."""
    settings = settings or Settings.from_environment()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Application("eventsapp", template_folder=str(ROOT / "templates"), static_folder="static")
    _configure(app, settings)
    _prepare_database(app)
    csrf.init_app(app)
    _prepare_web(app, settings)
    _add_capabilities(app)
    access.check_declared(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    prefix = "__Host-" if settings.is_secure else ""
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2_000,
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=settings.mode == "test",
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csp_nonce"] = headers.csp_nonce
    app.jinja_env.globals["organisation"] = settings.organisation
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15, "check_same_thread": False}}
    return {
        "pool_size": 5,
        "max_overflow": 10,
        # Whoever stops in the middle of a transaction must not hold its locks for ever.
        "connect_args": {
            "connect_timeout": 10,
            "options": "-c idle_in_transaction_session_timeout=300s",
        },
    }


def _prepare_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        migrate.init_app(app, db)

    @app.before_request
    def lock_for_library() -> None:
        # Flask-Security reads, then commits on its own: it must hold the lock from the start.
        if request.blueprint == "security" and request.method not in {"GET", "HEAD", "OPTIONS"}:
            g.writing = begin_writing()

    @app.teardown_request
    def release_library_lock(_: BaseException | None) -> None:
        token = g.pop("writing", None)
        if token is not None:
            end_writing(token)


def _prepare_web(app: Application, settings: Settings) -> None:
    wiring.init_app(app, settings)
    on_finished = (logs.log_request, metrics.count_request)
    kept_files.init_app(app, on_finished=on_finished)
    static_files.init_app(app, secure=settings.is_secure)
    tracing.init_app(
        app, on_finished=on_finished, on_failed_untraced=metrics.count_untraced_failure
    )
    addresses.init_app(app)
    reading.init_app(app)
    headers.init_app(app, secure=settings.is_secure)
    locale.init_app(app, settings.default_language, secure=settings.is_secure)
    filters.init_app(app)
    errors.init_app(app)
    registry.init_app(app)
    limits.init_app(app, settings)
    accounts.init_app(app, settings)
    navigation.init_app(app)


def _add_capabilities(app: Flask) -> None:
    """Find pages, commands, jobs and offers by discovery, in every capability."""
    for module in discover.import_all(eventsapp, "views"):
        for blueprint in module.BLUEPRINTS:
            app.register_blueprint(blueprint)
    for module in discover.import_all(eventsapp, "cli"):
        for command in module.COMMANDS:
            app.cli.add_command(command)
    for module in discover.import_all(eventsapp, "followers"):
        follower.add_follower(module.FOLLOWER)
    for module in discover.import_all(eventsapp, "offers"):
        module.offer(registry.registry_of(app))
    discover.import_all(eventsapp, "jobs")
