"""What is done to accounts, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.accounts import links, passwords, queries, rules, service
from eventsapp.accounts.models import User, UserSession
from eventsapp.accounts.types import DEMO_USERS, Purpose, State, UserDraft, UserFilter
from eventsapp.core import audit, db
from eventsapp.core.actor import SYSTEM, VISITOR, Actor, Role
from eventsapp.core.errors import Refused, Stale
from eventsapp.edge.jobs import Job
from tests.factories.accounts import PASSWORD, give_second_factor, make_user

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SECRETS = ["a secret of the test"]
ADMIN = Actor("user", 999, "Ada", frozenset({Role.ADMIN}))


def jobs() -> list[tuple[str, dict[str, object]]]:
    rows = db.session().scalars(sa.select(Job).order_by(Job.id))
    return [(row.name, row.payload) for row in rows]


def actions() -> list[str]:
    rows = db.session().scalars(sa.select(audit.AuditEvent).order_by(audit.AuditEvent.seq))
    return [row.action for row in rows]


def claim_of(user: User) -> links.Claim:
    token = links.make_token(user, Purpose.RESET, secrets=SECRETS, now=NOW)
    return links.read_token(token, secrets=SECRETS, now=NOW)


def sign_in(user: User, key: str) -> None:
    service.begin_session(user, passwords.hash_key(key), now=NOW)


def is_signed_in(user: User, key: str) -> bool:
    found = queries.find_signed_in(
        user.fs_uniquifier, key_hash=passwords.hash_key(key), now=NOW + timedelta(minutes=1)
    )
    return found is not None


def test_create_user_without_a_password_invites(app: Flask) -> None:
    draft = UserDraft(" Nadia@Office.Example ", " Nadia Farouk ", frozenset({Role.STAFF}), "fr")
    user = service.create_user(draft, by=SYSTEM, now=NOW)
    assert (user.email, user.name, user.lang, user.role_set, user.state) == (
        "nadia@office.example",
        "Nadia Farouk",
        "fr",
        frozenset({Role.STAFF}),
        State.INVITED,
    )
    assert jobs() == [("accounts.mail_link", {"user": user.id, "purpose": "invitation"})]
    assert actions() == ["user.created"]


def test_create_user_with_a_password_sends_nothing_and_keeps_it_unreadable(app: Flask) -> None:
    user = make_user()
    assert jobs() == []
    assert (user.password or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_password(PASSWORD, user.password)
    assert not passwords.is_password(PASSWORD + " ", user.password)


def test_create_user_refuses_a_second_account_for_one_mailbox(app: Flask) -> None:
    make_user("nadia@office.example")
    with pytest.raises(rules.EmailTaken) as refused:
        make_user("NADIA@office.example")
    assert refused.value.field == "email"
    assert len(queries.list_users(UserFilter())) == 1


@pytest.mark.parametrize("by", [VISITOR, Actor("user", 1, "Ola", frozenset({Role.EDITOR}))])
def test_only_administrators_change_accounts(app: Flask, by: Actor) -> None:
    user = make_user()
    draft = UserDraft("other@office.example", "Other", frozenset({Role.STAFF}))
    attempts: list[Callable[[], object]] = [
        lambda: service.create_user(draft, by=by, now=NOW),
        lambda: service.set_roles(user.id, {Role.ADMIN}, by=by, now=NOW),
        lambda: service.deactivate_user(user.id, by=by, now=NOW),
        lambda: service.reactivate_user(user.id, by=by, now=NOW),
        lambda: service.reset_second_factor(user.id, by=by, now=NOW),
        lambda: service.invite_again(user.id, by=by, now=NOW),
        lambda: service.create_demo_users("demo", by=by, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(rules.OnlyAdministrators):
            attempt()
    assert actions() == ["user.created"]


def test_set_roles_replaces_them_and_signs_the_person_out(app: Flask) -> None:
    user = make_user("nadia@office.example", Role.ORGANISER)
    sign_in(user, "phone")
    service.set_roles(user.id, {Role.STAFF, Role.EDITOR}, by=ADMIN, now=NOW)
    assert user.role_set == {Role.STAFF, Role.EDITOR}
    assert not is_signed_in(user, "phone")


def test_set_roles_refuses_what_was_drawn_from_an_older_state(app: Flask) -> None:
    user = make_user()
    shown = user.version
    service.set_roles(user.id, {Role.STAFF}, by=ADMIN, now=NOW, version=shown)
    with pytest.raises(Stale):
        service.set_roles(user.id, {Role.EDITOR}, by=ADMIN, now=NOW, version=shown)
    assert user.role_set == {Role.STAFF}


def test_the_last_administrator_stays(app: Flask) -> None:
    first = make_user("ada@office.example", Role.ADMIN)
    with pytest.raises(rules.LastAdministrator):
        service.set_roles(first.id, {Role.STAFF}, by=SYSTEM, now=NOW)
    with pytest.raises(rules.LastAdministrator):
        service.deactivate_user(first.id, by=SYSTEM, now=NOW)
    # With a second one, either works; one who is kept out does not count.
    second = make_user("bea@office.example", Role.ADMIN)
    service.deactivate_user(second.id, by=SYSTEM, now=NOW)
    with pytest.raises(rules.LastAdministrator):
        service.deactivate_user(first.id, by=SYSTEM, now=NOW)
    service.reactivate_user(second.id, by=SYSTEM, now=NOW)
    assert service.deactivate_user(first.id, by=SYSTEM, now=NOW).state is State.INACTIVE


def remove_each_other(app: Flask, ids: list[int]) -> list[str]:
    """Every administrator deactivates another one, all at the same time."""

    def attempt(user_id: int) -> str:
        with app.app_context():
            try:
                service.deactivate_user(user_id, by=SYSTEM, now=NOW)
            except Refused as refused:
                return refused.code
            return "done"

    with ThreadPoolExecutor(len(ids)) as pool:
        return sorted(pool.map(attempt, ids))


def make_administrators(count: int) -> list[int]:
    return [make_user(f"admin{i}@office.example", Role.ADMIN).id for i in range(count)]


def test_administrators_who_remove_each_other_leave_one(app: Flask) -> None:
    outcome = remove_each_other(app, make_administrators(6))
    assert outcome == ["done"] * 5 + ["last_administrator"]


def test_without_the_lock_administrators_could_remove_each_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: counting without waiting lets all of them go, where writers run together."""
    if db.db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(
        "eventsapp.accounts.service.users._lock_user",
        lambda user_id, *_: queries.get_user(user_id),
    )
    outcomes = [remove_each_other(app, make_administrators(6))]
    assert "last_administrator" not in outcomes[0]


def test_nobody_deactivates_themselves(app: Flask) -> None:
    me, _ = make_administrators(2)
    with pytest.raises(rules.OwnAccount):
        service.deactivate_user(me, by=Actor("user", me, "", frozenset({Role.ADMIN})), now=NOW)


def test_deactivating_signs_out_and_reactivating_does_not_sign_in(app: Flask) -> None:
    user = make_user()
    sign_in(user, "phone")
    assert is_signed_in(user, "phone")
    service.deactivate_user(user.id, by=ADMIN, now=NOW)
    assert not is_signed_in(user, "phone")
    service.reactivate_user(user.id, by=ADMIN, now=NOW)
    assert not is_signed_in(user, "phone")


def test_reset_second_factor_forgets_all_of_them_and_tells_the_person(app: Flask) -> None:
    user = make_user()
    give_second_factor(user, codes=2)
    service.reset_second_factor(user.id, by=ADMIN, now=NOW)
    left = [user.has_second_factor, user.tf_totp_secret, user.mf_recovery_codes]
    assert left == [False, None, None]
    assert jobs() == [("accounts.mail_change", {"user": user.id, "change": "second_factor_reset"})]


def test_asking_for_a_link_does_the_same_for_everybody(app: Flask) -> None:
    user = make_user()
    service.ask_for_password_link("Nadia@office.example", by=VISITOR, now=NOW)
    service.ask_for_password_link("nobody@office.example", by=VISITOR, now=NOW)
    assert jobs() == [
        ("accounts.mail_link", {"user": user.id, "purpose": "reset"}),
        ("accounts.mail_link", {"user": 0, "purpose": "reset"}),
    ]
    assert actions()[1:] == ["user.reset_asked", "user.reset_asked"]


def test_a_link_sets_the_password_once_and_signs_out_everywhere(app: Flask) -> None:
    user = make_user()
    sign_in(user, "phone")
    claim, earlier = claim_of(user), claim_of(user)
    service.set_password(claim, "another quiet sentence", now=NOW)
    assert passwords.is_password("another quiet sentence", user.password)
    assert not is_signed_in(user, "phone")
    for used in (claim, earlier):
        with pytest.raises(rules.LinkNotValid):
            service.set_password(used, "a third quiet sentence", now=NOW)


def test_a_link_is_worth_nothing_for_somebody_deactivated(app: Flask) -> None:
    user = make_user()
    claim = claim_of(user)
    service.deactivate_user(user.id, by=ADMIN, now=NOW)
    with pytest.raises(rules.LinkNotValid):
        service.set_password(claim, "another quiet sentence", now=NOW)


def test_of_two_who_use_a_link_at_once_one_sets_the_password(app: Flask) -> None:
    claim = claim_of(make_user())

    def attempt(number: int) -> str:
        with app.app_context():
            try:
                service.set_password(claim, f"quiet sentence number {number}", now=NOW)
            except Refused as refused:
                return refused.code
            return "done"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))
    assert outcomes == ["done"] + ["link_not_valid"] * 3


def test_change_password_wants_the_present_one(app: Flask) -> None:
    user = make_user()
    with pytest.raises(rules.WrongPassword):
        service.change_password(user.id, "not it", "another quiet sentence", by=ADMIN, now=NOW)
    service.change_password(user.id, PASSWORD, "another quiet sentence", by=ADMIN, now=NOW)
    assert passwords.is_password("another quiet sentence", user.password)


def test_nobody_signs_in_who_was_kept_out_meanwhile(app: Flask) -> None:
    user = make_user()
    service.deactivate_user(user.id, by=ADMIN, now=NOW)
    with pytest.raises(rules.AccountClosed):
        sign_in(user, "phone")


def test_a_session_ends_after_a_working_day(app: Flask) -> None:
    user = make_user()
    sign_in(user, "phone")
    key = passwords.hash_key("phone")
    almost, over = NOW + timedelta(hours=11, minutes=59), NOW + timedelta(hours=12)
    assert queries.find_signed_in(user.fs_uniquifier, key_hash=key, now=almost) == user
    assert queries.find_signed_in(user.fs_uniquifier, key_hash=key, now=over) is None


def test_signing_in_again_forgets_sessions_that_are_over(app: Flask) -> None:
    user = make_user()
    sign_in(user, "old")
    sign_in(user, "ended")
    service.end_session(passwords.hash_key("ended"), by=ADMIN, now=NOW)
    service.begin_session(user, passwords.hash_key("new"), now=NOW + timedelta(hours=13))
    rows = db.session().scalars(sa.select(UserSession.key_hash)).all()
    assert rows == [passwords.hash_key("new")]


def test_signing_out_elsewhere_keeps_this_device(app: Flask) -> None:
    user = make_user()
    sign_in(user, "here")
    sign_in(user, "phone")
    service.end_other_sessions(user.id, passwords.hash_key("here"), by=ADMIN, now=NOW)
    assert (is_signed_in(user, "here"), is_signed_in(user, "phone")) == (True, False)


def test_demo_users_are_made_once_and_take_the_newest_password(app: Flask) -> None:
    service.create_demo_users("first", by=SYSTEM, now=NOW)
    service.create_demo_users("second", by=SYSTEM, now=NOW)
    found = queries.list_users(UserFilter())
    assert {(user.email, user.name, user.role_set) for user in found} == {
        (demo.email, demo.name, demo.roles) for demo in DEMO_USERS
    }
    assert all(passwords.is_password("second", user.password) for user in found)
    assert list(queries.demo_accounts()) == sorted(demo.email for demo in DEMO_USERS)


def test_list_users_narrows_by_words_role_and_state(app: Flask) -> None:
    make_user("élodie@office.example", Role.STAFF, name="Élodie Ndiaye")
    make_user("omar@office.example", Role.ORGANISER, Role.EDITOR, name="Omar Haddad", password=None)

    def emails(**wanted: object) -> list[str]:
        return [user.email for user in queries.list_users(UserFilter(**wanted))]  # type: ignore[arg-type]

    assert emails(text="ÉLODIE nd") == ["élodie@office.example"]
    assert emails(text="100%") == []
    assert emails(role=Role.EDITOR) == ["omar@office.example"]
    assert emails(state=State.INVITED) == ["omar@office.example"]
    assert emails(state=State.INACTIVE) == []
    assert emails() == ["omar@office.example", "élodie@office.example"]
