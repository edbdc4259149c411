"""Words of this capability that are not rows."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from eventsapp.core.actor import Role
from eventsapp.core.texts import LANGUAGES

# Demo accounts have a password that was printed on a screen: they may exist only in a demo.
DEMO_DOMAIN = "demo.example"

# Those who can change what the public reads, or who may do everything.
ROLES_WITH_SECOND_FACTOR = frozenset({Role.STAFF, Role.EDITOR, Role.ADMIN})

# However busy a person is, a sign-in ends after a working day; unattended, much sooner.
LONGEST_SESSION = timedelta(hours=12)
LONGEST_PAUSE = timedelta(hours=2)


class Purpose(StrEnum):
    """Why somebody is sent a link to set a password."""

    INVITATION = "invitation"
    RESET = "reset"


LINK_LIFETIMES = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.RESET: timedelta(hours=1),
}


class Change(StrEnum):
    """What a person is told about by mail when it happens to their account."""

    PASSWORD = "password"  # noqa: S105 - a word, not a password
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SECOND_FACTOR_RESET = "second_factor_reset"


class State(StrEnum):
    """What a list of people can be narrowed to."""

    ACTIVE = "active"
    INVITED = "invited"
    INACTIVE = "inactive"


class Order(StrEnum):
    """How a list of people can be sorted; the first one is used where none is chosen."""

    NAME = "name"
    NAME_DOWN = "-name"
    SEEN = "seen"
    SEEN_DOWN = "-seen"


@dataclass(frozen=True, slots=True)
class UserDraft:
    """A person to be, as a form or the command line hands them over."""

    email: str
    name: str
    roles: frozenset[Role]
    lang: str = LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which people a list shows; an empty field does not narrow it."""

    text: str = ""
    role: Role | None = None
    state: State | None = None
    order: Order = Order.NAME


@dataclass(frozen=True, slots=True)
class DemoUser:
    email: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)


# Invented names, as everything in the demo.
DEMO_USERS = (
    DemoUser(f"admin@{DEMO_DOMAIN}", "Amina Keller", frozenset({Role.ADMIN})),
    DemoUser(f"organiser@{DEMO_DOMAIN}", "Omar Bensalem", frozenset({Role.ORGANISER})),
    DemoUser(f"staff@{DEMO_DOMAIN}", "Sofia Lindqvist", frozenset({Role.STAFF})),
    DemoUser(f"editor@{DEMO_DOMAIN}", "Étienne Moreau", frozenset({Role.EDITOR})),
)


def is_demo_address(email: str) -> bool:
    return email.casefold().endswith(f"@{DEMO_DOMAIN}")


def normalise_email(email: str) -> str:
    """One spelling for one mailbox: sign-in, uniqueness and search compare this."""
    return email.strip().casefold()


def searchable(name: str, email: str) -> str:
    return f"{name} {email}".casefold()
