"""Flask-Security's settings, each with its reason, and what we replace of it."""

import base64
import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask, redirect, request, session, url_for
from flask_security import Security, SQLAlchemyUserDatastore
from werkzeug.wrappers import Response

from eventsapp.accounts import passwords, queries, second_factor, sessions
from eventsapp.accounts.forms import (
    CodeForm,
    ConfirmForm,
    PasskeyNameForm,
    RecoveryForm,
    RescueForm,
    SelectForm,
    SetupForm,
    SignInForm,
    SignInMail,
)
from eventsapp.accounts.models import StoredRole, User, WebAuthn
from eventsapp.accounts.types import normalise_email
from eventsapp.config import BadSetting, Settings
from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.edge.keys import kept_key
from eventsapp.web import access
from eventsapp.web.limits import client, limiter

MODULE = "eventsapp.accounts.second_factor"


def init_app(app: Flask, settings: Settings) -> None:
    """Signing in. Comes after CSRF protection and before pages are added."""
    with app.app_context():
        config = _config(settings)
    app.config.update({f"SECURITY_{key}": value for key, value in config.items()})
    app.extensions.setdefault("start_checks", []).append(refuse_demo_accounts)
    security = Security(
        app,
        _datastore(),
        login_form=SignInForm,
        verify_form=ConfirmForm,
        two_factor_verify_code_form=CodeForm,
        two_factor_setup_form=SetupForm,
        two_factor_select_form=SelectForm,
        two_factor_rescue_form=RescueForm,
        mf_recovery_form=RecoveryForm,
        wan_register_form=PasskeyNameForm,
        wan_register_response_form=second_factor.PasskeyRegisterResponseForm,
        wan_signin_response_form=second_factor.PasskeyResponseForm,
        mail_util_cls=SignInMail,
        totp_cls=second_factor.SingleUseTotp,
        webauthn_util_cls=second_factor.AnyDevicePasskeys,
        mf_recovery_codes_util_cls=second_factor.AuditedRecoveryCodes,
    )
    # Pages only: fewer ways in, and the API has its own.
    security.want_json(lambda _: False)
    # Its other ways out (a code by mail, a call for help) are weaker than what they replace.
    app.view_functions["security.two_factor_rescue"] = _to_recovery
    sessions.init_app(app)
    second_factor.init_app(app)
    _limit(app)
    access.init_app(app, sessions.load_actor)


def refuse_demo_accounts(app: Flask) -> None:
    """Keep a production server from starting while somebody can sign in with a known password."""
    if not app.extensions["settings"].is_production:
        return
    with app.app_context():
        found = queries.demo_accounts()
    # Logs leave whole addresses out.
    names = [email.partition("@")[0] for email in found]
    if names:
        raise BadSetting(
            f"Demo accounts can sign in ({', '.join(names)}); their password was printed on a "
            "screen. Deactivate each: flask --app wsgi users deactivate MAIL"
        )


def _datastore() -> SQLAlchemyUserDatastore:
    models: tuple[Any, Any, Any] = User, StoredRole, WebAuthn
    return SQLAlchemyUserDatastore(db, *models)


def _config(settings: Settings) -> dict[str, Any]:
    return (
        _addresses()
        | _passwords()
        | _second_factor(settings)
        | {
            "USER_IDENTITY_ATTRIBUTES": [
                {"email": {"mapper": normalise_email, "case_insensitive": False}}
            ],
            "RETURN_GENERIC_RESPONSES": True,
            "LOGOUT_CSRF": True,
            "API_ENABLED_METHODS": ["session"],
            "DATETIME_FACTORY": clock.now,
            # Changing how one signs in asks for the password again after a while.
            "FRESHNESS": timedelta(minutes=30),
            "FRESHNESS_GRACE_PERIOD": timedelta(minutes=30),
            "REDIRECT_ALLOW_SUBDOMAINS": False,
            # Its scripts and commands are replaced by ours.
            "STATIC_FOLDER": None,
            "CLI_USERS_NAME": None,
            "CLI_ROLES_NAME": None,
            # web.headers says it for every page.
            "CACHE_CONTROL": None,
        }
    )


def _addresses() -> dict[str, Any]:
    return {
        "LOGIN_URL": "/login",
        "LOGOUT_URL": "/logout",
        "VERIFY_URL": "/login/confirm",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/login/code",
        "TWO_FACTOR_SELECT_URL": "/login/choose",
        "TWO_FACTOR_SETUP_URL": "/login/app",
        "TWO_FACTOR_RESCUE_URL": "/login/help",
        "MULTI_FACTOR_RECOVERY_URL": "/login/recovery",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/manage/account/recovery-codes",
        "WAN_SIGNIN_URL": "/login/passkey",
        "WAN_VERIFY_URL": "/login/confirm/passkey",
        "WAN_REGISTER_URL": "/manage/account/passkeys",
        "WAN_DELETE_URL": "/manage/account/passkeys/remove",
        "POST_LOGIN_VIEW": "/manage/",
        "POST_LOGOUT_VIEW": "/",
        "POST_VERIFY_VIEW": "accounts.account",
        "TWO_FACTOR_POST_SETUP_VIEW": "accounts.account",
        "WAN_POST_REGISTER_VIEW": "accounts.account",
    }


def _passwords() -> dict[str, Any]:
    """The same hash as ``passwords`` makes, and nothing older or weaker."""
    return {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID",
            "argon2__memory_cost": passwords.MEMORY_KIB,
            "argon2__rounds": passwords.PASSES,
            "argon2__parallelism": passwords.LANES,
        },
    }


def _second_factor(settings: Settings) -> dict[str, Any]:
    return {
        "TWO_FACTOR": True,
        # Of whom it is required says User.check_tf_required_setup.
        "TWO_FACTOR_REQUIRED": settings.is_production,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "webauthn": f"{MODULE}.PasskeyAfterPassword",
        },
        "TOTP_SECRETS": {"1": _key("totp")},
        "TOTP_ISSUER": settings.organisation,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [
            base64.urlsafe_b64encode(bytes.fromhex(_key("recovery")))
        ],
        "WEBAUTHN": True,
        "WAN_RP_NAME": settings.organisation,
        "WAN_ALLOW_AS_FIRST_FACTOR": True,
        "WAN_ALLOW_AS_MULTI_FACTOR": True,
        # Otherwise the answer to a typed address would tell who has an account.
        "WAN_ALLOW_USER_HINTS": False,
        "WAN_ALLOW_AS_VERIFY": ["first"],
    }


def _key(use: str) -> str:
    """A key for each use, kept beside the data: people keep their app when the secret changes."""
    return hashlib.sha256(kept_key("second_factor") + use.encode()).hexdigest()


def _to_recovery() -> Response:
    return redirect(url_for("security.mf_recovery"))


def _limit(app: Flask) -> None:
    """Slow down guessing, by who asks and by whose account it is about."""
    _limit_view(app, "login", "10 per 15 minutes", _account_of_client, failures_only=True)
    _limit_view(app, "login", "100 per hour", _account, failures_only=True)
    _limit_view(app, "login", "60 per minute", client)
    for view in ("two_factor_token_validation", "mf_recovery"):
        _limit_view(app, view, "10 per 15 minutes", _half_signed_in, failures_only=True)
    _limit_view(app, "verify", "10 per 15 minutes", _signed_in, failures_only=True)
    for view in ("wan_signin", "wan_signin_response"):
        _limit_view(app, view, "60 per minute", client)


def _limit_view(
    app: Flask, view: str, limit: str, key_func: Any, *, failures_only: bool = False
) -> None:
    """``failures_only``: a redirect means that it went well."""
    endpoint = f"security.{view}"
    limited: Any = limiter.limit(
        limit,
        key_func=key_func,
        methods=["POST"],
        deduct_when=_is_failure if failures_only else None,
    )
    app.view_functions[endpoint] = limited(app.view_functions[endpoint])


def _is_failure(response: Response) -> bool:
    return response.status_code == 200


def _account() -> str:
    return hashlib.sha256(normalise_email(request.form.get("email", "")).encode()).hexdigest()


def _account_of_client() -> str:
    return f"{_account()}|{client()}"


def _half_signed_in() -> str:
    return str(session.get("tf_user_id", client()))


def _signed_in() -> str:
    return str(session.get("_user_id", client()))
