"""Reads of projects."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import LANGUAGES, NO_TEXT, Texts
from eventsapp.projects.models import (
    Contract,
    Derogation,
    Disclaimer,
    Donor,
    Organisation,
    Project,
    ProjectDonor,
)

_WHOLE = (
    selectinload(Project.organisation),
    selectinload(Project.donations)
    .selectinload(ProjectDonor.donor)
    .selectinload(Donor.represented_by),
)


def get_by_slug(slug: str) -> Project:
    """The project at this address; raises NotFound."""
    project = db.session().scalar(sa.select(Project).where(Project.slug == slug).options(*_WHOLE))
    if project is None:
        raise NotFound
    return project


def list_projects() -> Sequence[Project]:
    return db.session().scalars(sa.select(Project).options(*_WHOLE).order_by(Project.acronym)).all()


def project_choices(lang: str) -> list[tuple[int, str]]:
    """Projects to choose from: id, and acronym with name."""
    return [(row.id, _titled(row, lang)) for row in _named_projects()]


def project_slugs(lang: str) -> list[tuple[str, str]]:
    return [(row.slug, _titled(row, lang)) for row in _named_projects()]


def _named_projects() -> Sequence[Project]:
    """For their names alone: filters stand on public pages, which need no donors."""
    return db.session().scalars(sa.select(Project).order_by(Project.acronym)).all()


def _titled(row: Project, lang: str) -> str:
    return f"{row.acronym} – {row.name.text(lang)}"


def list_organisations() -> Sequence[Organisation]:
    return db.session().scalars(sa.select(Organisation).order_by(Organisation.id)).all()


def list_donors() -> Sequence[Donor]:
    return (
        db.session()
        .scalars(sa.select(Donor).options(selectinload(Donor.represented_by)).order_by(Donor.id))
        .all()
    )


def list_derogations(project_id: int) -> Sequence[Derogation]:
    """The running ones first, then those that were ended."""
    return (
        db.session()
        .scalars(
            sa.select(Derogation)
            .where(Derogation.project_id == project_id)
            .options(selectinload(Derogation.donor))
            .order_by(Derogation.ended_at.is_not(None), Derogation.id.desc())
        )
        .all()
    )


def running_derogations(project_id: int) -> list[Derogation]:
    """Those nobody has ended; one whose day has passed still runs until somebody acts on it."""
    return [row for row in list_derogations(project_id) if row.ended_at is None]


def shown_donors(project: Project) -> list[Donor]:
    """The project's donors that are to be shown now."""
    excused = {row.donor_id for row in running_derogations(project.id)}
    return [donor for donor in project.donors if donor.id not in excused]


@dataclass(frozen=True, slots=True)
class Funding:
    """What a publication says of the money: whose, under which contracts, with which disclaimer."""

    contract_numbers: tuple[str, ...]
    disclaimer: Texts
    donors: tuple[Donor, ...]


def funding_of(project: Project, contracts: Iterable[Contract] = ()) -> Funding:
    """The project's own, or that of those of the contracts which are the project's.

    Donors are those that are to be shown now, in the project's order. A language in which one of
    several disclaimers is missing has none: a disclaimer is whole or it is not there.
    """
    return funding_of_all(project, [contracts])


def funding_of_all(project: Project, workshops: Iterable[Iterable[Contract]]) -> Funding:
    """That of several workshops together, each given by its contracts: the project's own too,
    where one of them is of none, or where there is no workshop yet."""
    own = [[row for row in contracts if row.project_id == project.id] for contracts in workshops]
    chosen = sorted({row.id: row for rows in own for row in rows}.values(), key=lambda row: row.id)
    is_own = not own or not all(own)
    numbers = [row.number for row in chosen]
    disclaimers = [row.disclaimer for row in chosen]
    if is_own:
        numbers, disclaimers = (
            [project.contract_number, *numbers],
            [project.disclaimer, *disclaimers],
        )
    granting = {row.donor_id for row in chosen} | ({None} if is_own else set())
    return Funding(
        contract_numbers=tuple(dict.fromkeys(number for number in numbers if number)),
        disclaimer=_joined([words for words in disclaimers if words]),
        donors=granted_by(shown_donors(project), granting),
    )


def granted_by(donors: Iterable[Donor], granting: Collection[int | None]) -> tuple[Donor, ...]:
    """Those of the donors who grant it; None among them stands for all."""
    return tuple(row for row in donors if None in granting or row.id in granting)


def _joined(texts: Sequence[Texts]) -> Texts:
    """Each wording once, one after the other, in the languages that all of them have."""
    whole = [lang for lang in LANGUAGES if all(text.find(lang) for text in texts)]
    if not texts or not whole:
        return NO_TEXT
    by_lang = {lang: dict.fromkeys(text.text(lang) for text in texts) for lang in whole}
    return Texts.from_json({lang: " ".join(found) for lang, found in by_lang.items()})


def list_contracts(project_id: int) -> Sequence[Contract]:
    """In the order in which they were entered."""
    return (
        db.session()
        .scalars(
            sa.select(Contract)
            .where(Contract.project_id == project_id)
            .options(selectinload(Contract.donor))
            .order_by(Contract.id)
        )
        .all()
    )


def get_contract(project: Project, contract_id: int) -> Contract:
    """Raises NotFound, for another project's contract too."""
    row = db.get(Contract, contract_id)
    if row.project_id != project.id:
        raise NotFound
    return row


def list_disclaimers(project_id: int) -> Sequence[Disclaimer]:
    """Every wording there was, the newest first."""
    return (
        db.session()
        .scalars(
            sa.select(Disclaimer)
            .where(Disclaimer.project_id == project_id)
            .order_by(Disclaimer.number.desc())
        )
        .all()
    )


def is_emblem(key: str) -> bool:
    """Whether a stored file is a donor's emblem, which everybody may see."""
    found = sa.select(Donor.id).where(Donor.emblem == key).limit(1)
    return db.session().scalar(found) is not None
