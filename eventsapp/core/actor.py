"""Who acts: a signed-in user, a participant with a private link, a visitor, or the system."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person may do.

    An organiser runs workshops; staff draft reports and news; an editor approves and publishes;
    an administrator manages users, projects and operations. Roles add up.
    """

    ADMIN = "admin"
    ORGANISER = "organiser"
    STAFF = "staff"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts, as every use case receives it in ``by``."""

    kind: str
    id: int | None = None
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        return self.kind == "user"

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of the roles; an administrator holds them all."""
        return bool(self.roles & {Role.ADMIN, *roles})

    @property
    def key(self) -> str:
        """A stable name for audit and idempotency: ``user:7``, ``system:``, ``visitor:``."""
        return f"{self.kind}:{'' if self.id is None else self.id}"


VISITOR = Actor(kind="visitor")
SYSTEM = Actor(kind="system", name="eventsapp", roles=frozenset({Role.ADMIN}))
