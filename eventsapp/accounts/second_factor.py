"""Flask-Security's second factors, bent to what people have: a phone, a laptop, a key."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import sqlalchemy as sa
from flask import Flask, request, session
from flask_babel import gettext as _
from flask_security import (
    MfRecoveryCodesUtil,
    Totp,
    WebauthnUtil,
    tf_code_confirmed,
    tf_disabled,
    tf_profile_changed,
    wan_deleted,
    wan_registered,
)
from flask_security.forms import get_form_field_xlate
from flask_security.webauthn import (
    WebAuthnRegisterResponseForm,
    WebAuthnSigninResponseForm,
    WebAuthnTfPlugin,
)
from typing_extensions import override
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from eventsapp.accounts import service
from eventsapp.accounts.types import Change
from eventsapp.core import clock
from eventsapp.core.db import transaction

CHALLENGE = "passkey_challenge"


# The pages of Flask-Security that write.
WRITING = (
    "two_factor_setup",
    "two_factor_token_validation",
    "mf_recovery",
    "mf_recovery_codes",
    "wan_register",
    "wan_register_response",
    "wan_signin_response",
    "wan_delete",
    "wan_verify_response",
)


def init_app(app: Flask) -> None:
    """Make each of Flask-Security's pages that write one use case, audited in its own commit."""
    for name in WRITING:
        endpoint = f"security.{name}"
        app.view_functions[endpoint] = _as_use_case(app.view_functions[endpoint])
    tf_profile_changed.connect(_on_app_added, app)
    tf_code_confirmed.connect(_on_code_confirmed, app)
    tf_disabled.connect(_on_app_removed, app)
    wan_registered.connect(_on_passkey_added, app)
    wan_deleted.connect(_on_passkey_removed, app)


def _as_use_case(view: Callable[..., Any]) -> Callable[..., Any]:
    """One transaction; of two requests with one code, the second sees that it is used."""

    @transaction
    def write(*args: Any, **kwargs: Any) -> Any:
        service.hold_account(session.get("tf_user_id") or session.get("_user_id") or "")
        return view(*args, **kwargs)

    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        return (write if request.method == "POST" else view)(*args, **kwargs)

    return run


def _note(user: Any, change: Change) -> None:
    person = getattr(user, "_get_current_object", lambda: user)()
    service.note_change(person, change, by=service.actor_of(person), now=clock.now())


def _on_app_added(_app: Flask, user: Any, **_details: Any) -> None:
    _note(user, Change.APP_ADDED)


def _on_code_confirmed(_app: Flask, user: Any, **_details: Any) -> None:
    """Each sign-in with a code comes here; the first one also sets the app up."""
    if sa.inspect(user).attrs.tf_primary_method.history.has_changes():
        _note(user, Change.APP_ADDED)


def _on_app_removed(_app: Flask, user: Any, **_details: Any) -> None:
    _note(user, Change.APP_REMOVED)


def _on_passkey_added(_app: Flask, user: Any, **_details: Any) -> None:
    _note(user, Change.PASSKEY_ADDED)


def _on_passkey_removed(_app: Flask, user: Any, **_details: Any) -> None:
    _note(user, Change.PASSKEY_REMOVED)


class SingleUseTotp(Totp):
    """A code works once: one that was read over a shoulder is worth nothing."""

    @override
    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.tf_last_counter
        return counter

    @override
    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter


class AnyDevicePasskeys(WebauthnUtil):
    """Passkeys of the phone or laptop itself as well as separate keys.

    The library's choice (separate keys only) refuses what most people have. All of ours verify
    the person and name the account, so that each replaces password and code at once.
    """

    @override
    def generate_challenge(self, nbytes: int | None = None) -> str:
        """Bound to this browser, so that an answer overheard elsewhere is worth nothing."""
        session[CHALLENGE] = super().generate_challenge(nbytes)
        return str(session[CHALLENGE])

    @override
    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    @override
    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        return UserVerificationRequirement.REQUIRED

    @override
    def authentication_options(
        self, user: Any, usage: list[str], existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        """After a password, only the passkeys of that person are asked for."""
        options = super().authentication_options(user, usage, existing_options)
        if user is not None:
            options["allow_credentials"] = [
                PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in user.webauthn
            ]
        return dict(options)


class PasskeyAfterPassword(WebAuthnTfPlugin):
    """A passkey also answers when a password was given first.

    Without this, somebody whose only second factor is a passkey would be asked to set up a code
    after their password; so could a thief of the password.
    """

    @override
    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        return [("webauthn", get_form_field_xlate("passkey"))] if user.webauthn else []


class PasskeyResponseForm(WebAuthnSigninResponseForm):
    """What the browser answers; our passkeys are of one kind, good for both uses."""

    @override
    def validate(self, **kwargs: Any) -> bool:
        asked_for = session.get("tf_user_id") if self.is_secondary else None
        self.is_secondary = False
        if not _is_expected(self) or not super().validate(**kwargs):
            return False
        if self.user is None or not self.user.active:
            # The library notes it, and goes on.
            self.credential.errors = [_("This passkey is not known here.")]
            return False
        if asked_for not in {None, self.user.fs_uniquifier}:
            self.credential.errors = [_("This passkey belongs to another account.")]
            return False
        return True


class PasskeyRegisterResponseForm(WebAuthnRegisterResponseForm):
    @override
    def validate(self, **kwargs: Any) -> bool:
        return _is_expected(self) and super().validate(**kwargs)


def _is_expected(form: Any) -> bool:
    """Whether this browser was asked this very question, and has not answered it yet."""
    if session.pop(CHALLENGE, None) == form.challenge:
        return True
    form.credential.errors = [_("This took too long or was sent twice. Please try again.")]
    return False


class AuditedRecoveryCodes(MfRecoveryCodesUtil):
    """Making and using recovery codes is audited, and told to the person."""

    @override
    def create_recovery_codes(self, user: Any) -> list[str]:
        codes: list[str] = super().create_recovery_codes(user)
        _note(user, Change.RECOVERY_CODES_MADE)
        return codes

    @override
    def delete_recovery_code(self, user: Any, code: str) -> bool:
        deleted: bool = super().delete_recovery_code(user, code)
        _note(user, Change.RECOVERY_CODE_USED)
        return deleted
