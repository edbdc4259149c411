"""What people type about accounts: signing in, passwords, and other people's roles."""

from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import (
    LoginForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.mail_util import EmailValidateException, MailUtil
from flask_security.tf_plugin import TwoFactorSelectForm
from flask_security.webauthn import WebAuthnRegisterForm
from typing_extensions import override
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.accounts.labels import ROLE_LABELS
from eventsapp.accounts.rules import MAX_NAME, MAX_PASSWORD
from eventsapp.accounts.types import UserDraft, normalise_email
from eventsapp.core.actor import Role
from eventsapp.core.texts import LANGUAGES
from eventsapp.web.forms import CreationForm, PageForm, choices, line, value
from eventsapp.web.locale import OWN_NAMES


def _required(message: Any) -> list[Any]:
    return [DataRequired(message=message)]


class SignInMail(MailUtil):
    """One spelling for one mailbox; signing in does not judge how an address is formed."""

    @override
    def normalize(self, email: str) -> str:
        if "@" not in email or len(email) > 320:
            raise EmailValidateException("")
        return normalise_email(email)


class SignInForm(LoginForm):
    """Address and password. There is no "remember me": a session ends with the working day."""

    email = EmailField(_l("Mail address"), LoginForm.email.kwargs["validators"])
    password = PasswordField(_l("Password"), LoginForm.password.kwargs["validators"])
    remember = None
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without it the steps after the password would carry this page's whole address along.
        self.next.data = self.next.data or current_app.config["SECURITY_POST_LOGIN_VIEW"]

    @property
    def refusal(self) -> str:
        """What the error summary shows: the same whatever was wrong."""
        if not self.form_errors:
            return ""
        return str(
            _("This mail address and password do not fit together. Check both and try again.")
        )


class ConfirmForm(VerifyForm):
    password = PasswordField(_l("Password"), VerifyForm.password.kwargs["validators"])
    submit = None


class CodeForm(TwoFactorVerifyCodeForm):
    code = StringField(
        _l("Code from the app"),
        _required(_l("Write the six digits that the app shows.")),
        description=_l("Six digits, new every half minute."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12},
    )
    submit = None


class MethodField(RadioField):  # type: ignore[misc] # WTForms ships no types
    """Takes the pairs that Flask-Security sets as choices, which WTForms is about to refuse."""

    @property
    def choices(self) -> list[SelectChoice]:
        return self._choices

    @choices.setter
    def choices(self, given: Iterable[Any] | None) -> None:
        self._choices = choices(tuple(item)[:2] for item in given or ())


class SetupForm(TwoFactorSetupForm):
    setup = MethodField(
        _l("What to do"),
        choices=choices([("authenticator", _l("Set up an app")), ("disable", _l("Switch it off"))]),
        validate_choice=False,
    )
    submit = None


class SelectForm(TwoFactorSelectForm):
    which = MethodField(_l("How to confirm"), choices=[])
    submit = None


class RescueForm(TwoFactorRescueForm):
    """Never shown: recovery codes are the one way out."""

    help_setup = MethodField(_l("Recovery code"), choices=[])
    submit = None


class RecoveryForm(MfRecoveryForm):
    code = StringField(
        _l("Recovery code"),
        _required(_l("Write one of your recovery codes.")),
        description=_l("Twelve characters, such as 1a2b-3c4d-5e6f. Each works once."),
        filters=[lambda code: (code or "").strip().lower()],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    submit = None


class PasskeyNameForm(WebAuthnRegisterForm):
    """A new passkey; there is one kind, good with and without a password before it."""

    name = StringField(
        _l("A name for this passkey"),
        _required(_l("Write a name, so that you can tell your passkeys apart.")),
        description=_l("For example: my phone, office laptop."),
        render_kw={"autocomplete": "off", "maxlength": 64},
    )
    usage = HiddenField(default="first")
    submit = None

    @override
    def validate(self, **kwargs: Any) -> bool:
        self.usage.data = "first"
        return bool(super().validate(**kwargs))


class RolesField(SelectMultipleField):  # type: ignore[misc] # WTForms ships no types
    """A checkbox a role."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, coerce=Role, choices=choices(ROLE_LABELS.items()), **kwargs)

    def roles(self) -> frozenset[Role]:
        return frozenset(self.data or ())


class NewUserForm(CreationForm):
    name = StringField(_l("Name"), [*_required(_l("Write the person's name.")), *line(MAX_NAME)])
    email = EmailField(
        _l("Mail address"),
        [*_required(_l("Write the person's mail address.")), *line(320)],
        description=_l("They are sent a link there to choose their own password."),
    )
    roles = RolesField(_l("Roles"))
    lang = RadioField(
        _l("Language of their mails"), choices=choices(OWN_NAMES.items()), default=LANGUAGES[0]
    )

    def draft(self) -> UserDraft:
        return UserDraft(
            email=value(self.email),
            name=value(self.name),
            roles=self.roles.roles(),
            lang=self.lang.data,
        )


class RolesForm(PageForm):
    roles = RolesField(_l("Roles"))
    version = HiddenField()

    def shown_version(self) -> int | None:
        """The state the page was drawn from; None where the field was tampered with."""
        return int(self.version.data) if str(self.version.data).isdecimal() else -1


class DetailsForm(PageForm):
    name = StringField(_l("Name"), [*_required(_l("Write your name.")), *line(MAX_NAME)])
    lang = RadioField(_l("Language of your mails"), choices=choices(OWN_NAMES.items()))


def _new_password(label: Any) -> PasswordField:
    return PasswordField(
        label,
        [*_required(_l("Write a new password.")), Length(max=MAX_PASSWORD)],
        description=_l("At least 12 characters. Four or five words are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )


def _repeated() -> PasswordField:
    return PasswordField(
        _l("The new password again"),
        [EqualTo("password", message=_l("The two passwords are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(PageForm):
    current = PasswordField(
        _l("Current password"),
        _required(_l("Write your current password.")),
        render_kw={"autocomplete": "current-password"},
    )
    password = _new_password(_l("New password"))
    repeated = _repeated()


class ForgottenForm(PageForm):
    email = EmailField(
        _l("Mail address"),
        [*_required(_l("Write the address that you sign in with.")), Length(max=320)],
        render_kw={"autocomplete": "username"},
    )


class NewPasswordForm(PageForm):
    code = StringField(
        _l("Code from the mail"),
        _required(_l("Copy the code from the mail, or open the link in it.")),
        render_kw={"autocomplete": "off", "spellcheck": "false", "data-from-fragment": ""},
    )
    password = _new_password(_l("New password"))
    repeated = _repeated()
