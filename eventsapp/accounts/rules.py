"""What may be done to accounts, and by whom."""

import re
from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email

from eventsapp.accounts.models import User
from eventsapp.accounts.types import UserDraft, is_demo_address, normalise_email
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.core.texts import LANGUAGES

MIN_PASSWORD, MAX_PASSWORD = 12, 200
MAX_NAME = 100

# What people type when asked for twelve characters; compared without case, digits' padding kept.
COMMON_PASSWORDS = frozenset(
    """
    123456789012 1234567890123 12345678901234 123456789101112 1234567891011 0123456789012
    111111111111 000000000000 112233445566 121212121212 123123123123 987654321012 098765432109
    password1234 password12345 password123456 passwordpassword password2024 password2025
    password2026 mypassword123 administrator administrator1 adminadmin123 adminadminadmin
    qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyqwerty qwerty123456
    qwerty1234567 1qaz2wsx3edc 1q2w3e4r5t6y zaq12wsxcde3 asdfghjkl123 azertyuiop12
    azertyuiop123 motdepasse123 motdepasse1234 abcdefghijkl abcd12345678 abc123456789
    iloveyou1234 iloveyou12345 letmeinletmein welcome12345 welcome123456 changeme1234
    changemechangeme trustno1trustno1 correcthorsebatterystaple unbelievable dragondragon
    football1234 superman1234 princess1234 sunshine1234 passw0rd1234 p@ssw0rd1234
    """.split()  # noqa: SIM905 - a list of this length reads better as words
)


class OnlyAdministrators(Forbidden):
    message = N_("Only an administrator may do this.")


class EmailTaken(Refused):
    message = N_("Somebody with this address already has an account.")
    field = "email"


class EmailNotValid(Invalid):
    message = N_("Write a mail address like name@organisation.example.")
    field = "email"


class NameMissing(Invalid):
    message = N_("Write the person's name, in at most 100 characters.")
    field = "name"


class RolesMissing(Invalid):
    message = N_("Choose at least one role.")
    field = "roles"


class LanguageUnknown(Invalid):
    message = N_("Choose one of the languages on offer.")
    field = "lang"


class LastAdministrator(Refused):
    message = N_(
        "This is the last administrator. Make somebody else an administrator first, "
        "or nobody could manage users any more."
    )


class OwnAccount(Refused):
    message = N_("You cannot deactivate your own account. Ask another administrator.")


class DemoAccountInProduction(Refused):
    message = N_("Accounts of demo.example exist only in the demo: their password is known.")
    field = "email"


class AccountClosed(Forbidden):
    message = N_("This account cannot sign in at present. Ask an administrator.")


class PasswordTooShort(Invalid):
    message = N_("Use at least %(min)d characters. Four or five words are easy to remember.")
    field = "password"

    def __init__(self) -> None:
        super().__init__(min=MIN_PASSWORD)


class PasswordTooLong(Invalid):
    message = N_("Use at most %(max)d characters.")
    field = "password"

    def __init__(self) -> None:
        super().__init__(max=MAX_PASSWORD)


class PasswordTooCommon(Invalid):
    message = N_("Many people use this password, so it is tried first. Choose another one.")
    field = "password"


class PasswordTooPersonal(Invalid):
    message = N_("This password contains your name or mail address. Choose another one.")
    field = "password"


class WrongPassword(Invalid):
    message = N_("This is not your current password.")
    field = "current"


class LinkNotValid(Refused):
    message = N_("This link has expired or was used already. Ask for a new one.")
    status = 410


def check_administrator(by: Actor) -> None:
    if not by.has(Role.ADMIN):
        raise OnlyAdministrators


def check_draft(draft: UserDraft) -> None:
    try:
        validate_email(normalise_email(draft.email), check_deliverability=False)
    except EmailNotValidError:
        raise EmailNotValid from None
    check_details(draft.name, draft.lang)
    check_roles(draft.roles)


def check_demo_address(email: str, *, is_production: bool) -> None:
    if is_production and is_demo_address(email):
        raise DemoAccountInProduction


def check_details(name: str, lang: str) -> None:
    if not name.strip() or len(name) > MAX_NAME or re.search(r"[\x00-\x1f\x7f]", name):
        raise NameMissing
    if lang not in LANGUAGES:
        raise LanguageUnknown


def check_roles(roles: Iterable[Role]) -> None:
    if not set(roles):
        raise RolesMissing


def check_keeps_an_administrator(user: User, roles: frozenset[Role], *, others: int) -> None:
    """``others``: how many administrators who can sign in remain, this user aside."""
    if user.active and Role.ADMIN in user.role_set and Role.ADMIN not in roles and not others:
        raise LastAdministrator


def check_not_oneself(user: User, by: Actor) -> None:
    if by.is_signed_in and by.id == user.id:
        raise OwnAccount


def check_can_sign_in(user: User) -> None:
    """For those who were kept out between their password and their second proof."""
    if not user.active:
        raise AccountClosed


def check_password(password: str, *, name: str, email: str) -> None:
    """Length first: a long sentence beats a short riddle, so no kinds of characters are asked."""
    if len(password) < MIN_PASSWORD:
        raise PasswordTooShort
    if len(password) > MAX_PASSWORD:
        raise PasswordTooLong
    lowered = password.casefold()
    if lowered in COMMON_PASSWORDS or len(set(lowered)) < 5:
        raise PasswordTooCommon
    own = {email.casefold().partition("@")[0], *name.casefold().split()}
    if any(len(word) > 3 and word in lowered for word in own):
        raise PasswordTooPersonal
