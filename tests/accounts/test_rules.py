"""What may be done to accounts: decided from facts, without a database."""

import pytest

from eventsapp.accounts import rules
from eventsapp.accounts.models import StoredRole, User
from eventsapp.accounts.types import UserDraft
from eventsapp.core.actor import SYSTEM, VISITOR, Actor, Role

DRAFT = UserDraft(email="nadia@office.example", name="Nadia Farouk", roles=frozenset({Role.STAFF}))


def person(*roles: Role, active: bool = True, user_id: int = 7) -> User:
    rows = [StoredRole(name=role.value) for role in roles]
    return User(id=user_id, email=DRAFT.email, name=DRAFT.name, active=active, roles=rows)


def check(password: str) -> None:
    rules.check_password(password, name="Nadia Farouk", email="n.farouk@office.example")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("", rules.PasswordTooShort),
        ("eleven char", rules.PasswordTooShort),
        ("x" * 201, rules.PasswordTooLong),
        ("aaaaaaaaaaaa", rules.PasswordTooCommon),
        ("121212121212", rules.PasswordTooCommon),
        ("QwertyUiop123", rules.PasswordTooCommon),
        ("CorrectHorseBatteryStaple", rules.PasswordTooCommon),
        ("my farouk is great", rules.PasswordTooPersonal),
        ("hello N.Farouk hello", rules.PasswordTooPersonal),
    ],
)
def test_check_password_refuses(password: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check(password)


@pytest.mark.parametrize(
    "password",
    ["twelve chars", "four quiet words here", "كلمة مرور طويلة جدا", "long phrase " * 16],
)
def test_check_password_takes_any_kind_of_characters(password: str) -> None:
    check(password)


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (UserDraft("", "Nadia", DRAFT.roles), rules.EmailNotValid),
        (UserDraft("no address", "Nadia", DRAFT.roles), rules.EmailNotValid),
        (UserDraft("a@b.example\nBcc: c@d.example", "N", DRAFT.roles), rules.EmailNotValid),
        (UserDraft(DRAFT.email, " ", DRAFT.roles), rules.NameMissing),
        (UserDraft(DRAFT.email, "N\r\nBcc: x", DRAFT.roles), rules.NameMissing),
        (UserDraft(DRAFT.email, "N" * 101, DRAFT.roles), rules.NameMissing),
        (UserDraft(DRAFT.email, "Nadia", frozenset()), rules.RolesMissing),
        (UserDraft(DRAFT.email, "Nadia", DRAFT.roles, lang="xx"), rules.LanguageUnknown),
    ],
)
def test_check_draft_refuses(draft: UserDraft, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.check_draft(draft)


def test_check_draft_takes_a_complete_one() -> None:
    rules.check_draft(DRAFT)


@pytest.mark.parametrize("by", [VISITOR, Actor("user", 1, "Ola", frozenset({Role.EDITOR}))])
def test_check_administrator_refuses_everybody_else(by: Actor) -> None:
    with pytest.raises(rules.OnlyAdministrators):
        rules.check_administrator(by)
    rules.check_administrator(SYSTEM)


def test_check_keeps_an_administrator_counts_only_those_who_can_sign_in() -> None:
    none = frozenset[Role]()
    with pytest.raises(rules.LastAdministrator):
        rules.check_keeps_an_administrator(person(Role.ADMIN), none, others=0)
    rules.check_keeps_an_administrator(person(Role.ADMIN), none, others=1)
    rules.check_keeps_an_administrator(person(Role.ADMIN), frozenset({Role.ADMIN}), others=0)
    rules.check_keeps_an_administrator(person(Role.ADMIN, active=False), none, others=0)
    rules.check_keeps_an_administrator(person(Role.STAFF), none, others=0)


def test_check_not_oneself_is_about_users_not_numbers() -> None:
    with pytest.raises(rules.OwnAccount):
        rules.check_not_oneself(person(), Actor("user", 7))
    rules.check_not_oneself(person(), Actor("user", 8))
    rules.check_not_oneself(person(), Actor("participant", 7))


def test_check_demo_address_refuses_in_production_only() -> None:
    with pytest.raises(rules.DemoAccountInProduction):
        rules.check_demo_address("Admin@Demo.Example", is_production=True)
    rules.check_demo_address("admin@demo.example", is_production=False)
    rules.check_demo_address("admin@office.example", is_production=True)
