"""Words of this capability that are not rows."""

from eventsapp.core.actor import Role

# Demo accounts have a password that was printed on a screen: they may exist only in a demo.
DEMO_DOMAIN = "demo.example"

# Those who can change what the public reads, or who may do everything.
ROLES_WITH_SECOND_FACTOR = frozenset({Role.STAFF, Role.EDITOR, Role.ADMIN})


def is_demo_address(email: str) -> bool:
    return email.casefold().endswith(f"@{DEMO_DOMAIN}")


def normalise_email(email: str) -> str:
    """One spelling for one mailbox: sign-in, uniqueness and search compare this."""
    return email.strip().casefold()
