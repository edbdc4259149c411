"""Accounts from the command line: what it prints, and what its exit code says."""

import json

import pytest
from flask import Flask

from eventsapp.accounts import passwords, queries
from eventsapp.accounts.types import UserFilter
from eventsapp.core.actor import Role
from tests.factories.accounts import PASSWORD, make_user

CREATE = ("users", "create", "--email", "ada@office.example", "--name", "Ada Lind")


def run(app: Flask, *args: str, typed: str | None = None) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(args), input=typed)
    return result.exit_code, result.output


def test_create_reads_the_password_from_standard_input(app: Flask) -> None:
    code, output = run(
        app,
        *CREATE,
        "--role",
        "admin",
        "--role",
        "staff",
        "--password-stdin",
        typed=PASSWORD + "\n",
    )
    assert (code, output) == (0, "ada@office.example was added, with this password.\n")
    ada = queries.get_by_email("ada@office.example")
    assert ada.role_set == {Role.ADMIN, Role.STAFF}
    assert passwords.is_password(PASSWORD, ada.password)


def test_create_without_a_password_invites(app: Flask) -> None:
    code, output = run(app, *CREATE, "--role", "admin", "--json")
    assert code == 0
    assert json.loads(output) == {
        "id": 1,
        "email": "ada@office.example",
        "name": "Ada Lind",
        "roles": ["admin"],
        "state": "invited",
        "second_factor": False,
        "last_login_at": None,
    }


@pytest.mark.parametrize(
    ("args", "typed", "said"),
    [
        (("--role", "admin", "--password-stdin"), "short\n", "Use at least 12 characters."),
        (("--role", "chief"), None, "Invalid value for '--role'"),
        ((), None, "Missing option '--role'"),
    ],
)
def test_create_says_what_is_wrong(
    app: Flask, args: tuple[str, ...], typed: str | None, said: str
) -> None:
    code, output = run(app, *CREATE, *args, typed=typed)
    assert code != 0
    assert said in output
    assert queries.list_users(UserFilter()) == []


def test_list_prints_lines_for_people_and_json_for_programs(app: Flask) -> None:
    make_user("ada@office.example", Role.ADMIN, name="Ada Lind")
    make_user("nadia@office.example", Role.STAFF, Role.EDITOR)
    code, output = run(app, "users", "list")
    assert (code, output.splitlines()) == (
        0,
        [
            "ada@office.example\tAda Lind\tadmin\tactive",
            "nadia@office.example\tNadia Farouk\teditor, staff\tactive",
        ],
    )
    code, output = run(app, "users", "list", "--role", "staff", "--json")
    assert (code, [user["email"] for user in json.loads(output)]) == (0, ["nadia@office.example"])


def test_set_roles_deactivate_and_the_last_administrator(app: Flask) -> None:
    make_user("ada@office.example", Role.ADMIN)
    make_user("nadia@office.example", Role.STAFF)
    assert run(app, "users", "set-roles", "Nadia@office.example", "--role", "editor") == (
        0,
        "nadia@office.example now has the roles: editor.\n",
    )
    assert run(app, "users", "deactivate", "nadia@office.example") == (
        0,
        "nadia@office.example can no longer sign in.\n",
    )
    code, output = run(app, "users", "deactivate", "ada@office.example")
    assert code == 1
    assert output.startswith("Error: This is the last administrator.")
    assert run(app, "users", "deactivate", "nobody@office.example") == (
        1,
        "Error: nobody signs in with nobody@office.example\n",
    )
