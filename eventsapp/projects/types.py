"""Drafts of organisations, donors and projects."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eventsapp.core.texts import NO_TEXT, Texts


class Accent(StrEnum):
    """The themes there are; the contrast of each is held by tests."""

    PETROL = "petrol"
    BLUE = "blue"
    GREEN = "green"
    PLUM = "plum"
    RUST = "rust"


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    name: Texts
    acronym: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RepresentativeDraft:
    """``acting_through`` stands before the name: "the Federal Department … through its"."""

    name: Texts
    acronym: str = ""
    acting_through: Texts = NO_TEXT


@dataclass(frozen=True, slots=True)
class DonorDraft:
    name: Texts
    statement: Texts
    acronym: str = ""
    emblem: str = ""
    represented_by: tuple[RepresentativeDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class DerogationDraft:
    """A donor is not shown until the end of a day, for a reason that somebody authorised."""

    donor_id: int
    reason: str
    authorised_by: str
    until: date


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """Without a donor all of the project's grant it; both days belong to its time."""

    number: str
    donor_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    disclaimer: Texts = NO_TEXT


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    acronym: str
    name: Texts
    organisation_id: int
    donor_ids: tuple[int, ...] = ()
    summary: Texts = NO_TEXT
    background: Texts = NO_TEXT
    disclaimer: Texts = NO_TEXT
    url: str = ""
    contract_number: str = ""
    reports_sex: bool = True
    accent: Accent = Accent.PETROL
