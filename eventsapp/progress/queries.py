"""The roll-up, read in a number of queries that does not grow with workshops or people."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.outcomes import queries as outcomes
from eventsapp.outcomes.queries import Participation
from eventsapp.progress.models import ProjectPaper
from eventsapp.progress.types import RollUp, WorkshopRow
from eventsapp.projects.models import Project
from eventsapp.projects.queries import funding_of_all

MOST_PAPERS = 10


def roll_up(project: Project, *, reported: bool = False) -> RollUp:
    """All held workshops of the project; with ``reported`` only what has been reported on."""
    workshops = outcomes.held_workshops(project.id, reported=reported)
    found = outcomes.participations(workshops)
    who = outcomes.who_came(workshops)
    by_workshop: dict[int, list[Participation]] = defaultdict(list)
    for one in found:
        by_workshop[one.workshop_id].append(one)
    sex = project.reports_sex
    totals = outcomes.totals_of(found, who, workshops=len(workshops), reports_sex=sex)
    rows = [
        WorkshopRow(
            workshop,
            outcomes.totals_of(by_workshop[workshop.id], who, workshops=1, reports_sex=sex),
        )
        for workshop in workshops
    ]
    progress = outcomes.progress_of_project(project, totals, workshops)
    funding = funding_of_all(project, [workshop.contracts for workshop in workshops])
    return RollUp(project, rows, totals, progress, funding)


def list_papers(project_id: int) -> Sequence[ProjectPaper]:
    return (
        db.session()
        .scalars(
            sa.select(ProjectPaper)
            .where(ProjectPaper.project_id == project_id)
            .order_by(ProjectPaper.id.desc())
            .limit(MOST_PAPERS)
        )
        .all()
    )


def get_paper(project_id: int, paper_id: int) -> ProjectPaper:
    """Raises NotFound, also for a paper of another project."""
    paper = db.get(ProjectPaper, paper_id)
    if paper.project_id != project_id:
        raise NotFound
    return paper
