"""Who may change projects, and how their addresses are made."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid
from eventsapp.projects.models import Contract
from eventsapp.projects.types import ContractDraft


class NoSlug(Invalid):
    message = N_("Use at least one Latin letter or digit; the address is made of it.")
    field = "acronym"


class SlugTaken(Invalid):
    message = N_("There is a project of this name already.")
    field = "acronym"


class EndsInThePast(Invalid):
    message = N_("A derogation ends today or later.")
    field = "until"


class NotItsDonor(Invalid):
    message = N_("This donor does not fund the project.")
    field = "donor_id"


class DerogationRuns(Invalid):
    message = N_("There is a derogation for this donor already. End it first.")
    field = "donor_id"


class ContractNumberTaken(Invalid):
    message = N_("The project has a contract of this number already.")
    field = "number"


class ContractEndsBeforeItStarts(Invalid):
    message = N_("A contract ends on its first day or later.")
    field = "ends_on"


def check_contract(draft: ContractDraft) -> None:
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise ContractEndsBeforeItStarts


def covers(contract: Contract, first: date, last: date) -> bool:
    """Whether all days from first to last lie within the contract's time, as far as it is known."""
    starts, ends = contract.starts_on or first, contract.ends_on or last
    return starts <= first and last <= ends


def is_lone_article(texts: Iterable[str]) -> bool:
    """Whether these are but articles before a name: a language that has none lacks nothing."""
    return not any(" " in text for text in texts)


def check_may_manage(*, by: Actor) -> None:
    if not by.has(Role.ORGANISER, Role.STAFF):
        raise Forbidden


def slug_of(name: str) -> str:
    """``LIBMITAF`` is at ``libmitaf``; raises NoSlug when nothing remains."""
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    if not slug:
        raise NoSlug
    return slug
