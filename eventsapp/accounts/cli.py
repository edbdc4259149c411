"""Accounts from the command line: for the first administrator, for scripts, for emergencies."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from flask.cli import AppGroup

from eventsapp.accounts import queries, service
from eventsapp.accounts.models import User
from eventsapp.accounts.types import UserDraft, UserFilter
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.errors import Refused
from eventsapp.core.texts import LANGUAGES

users = AppGroup("users", help="People who sign in: add, list, change roles, keep out.")
COMMANDS = [users]

ROLE_OPTION = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="A role; give the option again for another one.",
)
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@users.command("create")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--name", required=True, help="The person's name.")
@ROLE_OPTION
@click.option(
    "--lang",
    default=LANGUAGES[0],
    show_default=True,
    type=click.Choice(LANGUAGES),
    help="Language of their mails.",
)
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the password from standard input, instead of sending an invitation by mail.",
)
@JSON_OPTION
def create(
    *, email: str, name: str, roles: tuple[str, ...], lang: str, password_stdin: bool, as_json: bool
) -> None:
    """Add somebody who can sign in.

    Without --password-stdin they are sent a mail with a link to choose their own password.
    """
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    draft = UserDraft(email=email, name=name, roles=_roles(roles), lang=lang)
    try:
        user = service.create_user(draft, by=SYSTEM, now=clock.now(), password=password)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    how = "with this password" if password_stdin else "invited by mail"
    _say(user, f"{user.email} was added, {how}.", as_json=as_json)


@users.command("list")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Only this role.")
@JSON_OPTION
def list_(*, role: str | None, as_json: bool) -> None:
    """List everybody who has an account."""
    found = queries.list_users(UserFilter(role=Role(role) if role else None))
    lines = [
        f"{user.email}\t{user.name}\t{', '.join(sorted(user.role_set))}\t{user.state}"
        for user in found
    ]
    _say(found, "\n".join(lines), as_json=as_json)


@users.command("set-roles")
@click.argument("email")
@ROLE_OPTION
@JSON_OPTION
def set_roles(*, email: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Replace the roles of the person who signs in with EMAIL."""
    try:
        user = service.set_roles(_find(email).id, _roles(roles), by=SYSTEM, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    names = ", ".join(sorted(user.role_set))
    _say(user, f"{user.email} now has the roles: {names}.", as_json=as_json)


@users.command("deactivate")
@click.argument("email")
@JSON_OPTION
def deactivate(*, email: str, as_json: bool) -> None:
    """Keep the person who signs in with EMAIL out, and sign them out everywhere."""
    try:
        user = service.deactivate_user(_find(email).id, by=SYSTEM, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _say(user, f"{user.email} can no longer sign in.", as_json=as_json)


@users.command("reset-second-factor")
@click.argument("email")
@JSON_OPTION
def reset_second_factor(*, email: str, as_json: bool) -> None:
    """Forget the app, passkeys and recovery codes of the person who signs in with EMAIL."""
    try:
        user = service.reset_second_factor(_find(email).id, by=SYSTEM, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _say(user, f"{user.email} signs in with the password alone now.", as_json=as_json)


def _find(email: str) -> User:
    user = queries.find_by_email(email)
    if user is None:
        raise click.ClickException(f"nobody signs in with {email}")
    return user


def _roles(names: Iterable[str]) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


def _say(found: Sequence[User] | User, text: str, *, as_json: bool) -> None:
    if not as_json:
        click.echo(text)
        return
    facts = _facts(found) if isinstance(found, User) else [_facts(user) for user in found]
    click.echo(json.dumps(facts, ensure_ascii=False))


def _facts(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "roles": sorted(user.role_set),
        "state": user.state.value,
        "second_factor": user.has_second_factor,
        "last_login_at": user.last_login_at.isoformat() if user.last_login_at else None,
    }
