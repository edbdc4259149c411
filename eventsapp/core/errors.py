"""Refusals: a named error for each thing a use case can say no to.

A refusal's message is an English msgid with ``%(name)s`` places; the web translates it and puts
it beside the field it names, the command line prints it, the API answers with its code.
"""

import re


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a message for translation without translating it now."""
    return message


class Word(str):
    """A msgid among the values of a refusal: the web translates it too, as pages call it."""

    __slots__ = ()


class Refused(Exception):
    """A use case said no. Subclasses give the default message, the field at fault and a status."""

    message: str = N_("This is not possible now.")
    field: str = ""
    status: int = 409

    def __init__(
        self, message: str | None = None, *, field: str | None = None, **values: object
    ) -> None:
        self.message = message or type(self).message
        self.field = type(self).field if field is None else field
        self.values = values
        super().__init__(self.message % values if values else self.message)

    @property
    def code(self) -> str:
        """A stable name for programs: ``WorkshopFull`` is ``workshop_full``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()


class NotFound(Refused):
    message = N_("There is nothing at this address.")
    status = 404


class Forbidden(Refused):
    message = N_("You may not do this here.")
    status = 403


class Invalid(Refused):
    """Input that has the right shape but makes no sense."""

    message = N_("This is not valid.")
    status = 422


class Stale(Refused):
    """Somebody else saved first."""

    message = N_("Somebody else has changed this since you opened it. Compare, then save again.")
    status = 409
