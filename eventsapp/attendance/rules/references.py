"""Why a part of a workshop cannot be removed."""

from eventsapp.core.errors import N_, Refused


class GroupInUse(Refused):
    message = N_(
        "“%(name)s” cannot be removed: people belong to this group (%(count)d) and would lose it. "
        "Move them to another group first."
    )
    field = "groups"


class SessionInUse(Refused):
    message = N_(
        "“%(name)s” cannot be removed: attendance records belong to this session (%(count)d) and "
        "would be lost. You can rename it or change its times."
    )
    field = "sessions"
