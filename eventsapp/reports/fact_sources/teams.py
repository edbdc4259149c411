"""The presenting teams, and how their members joined."""

from collections.abc import Iterable
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.fact_sources.participants import COUNTS
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import PresentingTeam, Workshop
from eventsapp.workshops.types import Format, Mode

LABELS = {
    "sentence": Texts.of(
        en="Who presented, and how they joined",
        fr="Qui est intervenu, et comment",
        ar="من قدم العروض وكيف شارك",
    ),
    "names": Texts.of(en="Presenting teams", fr="Équipes intervenantes", ar="الفرق المقدمة"),
    "count": Texts.of(
        en="Number of presenting teams", fr="Nombre d’équipes intervenantes", ar="عدد الفرق المقدمة"
    ),
    "modes": Texts.of(
        en="Presenters by team", fr="Intervenants par équipe", ar="مقدمو العروض حسب الفريق"
    ),
    "members": Texts.of(en="Presenters", fr="Intervenants", ar="مقدمو العروض"),
}


def gather(workshop: Workshop) -> Iterable[Fact]:
    if not workshop.teams:
        return
    names = [team.name.to_json() for team in workshop.teams]
    city = {} if workshop.format == Format.ONLINE else workshop.city.to_json()
    joined = {"teams": [_joined(team) for team in workshop.teams], "city": city}
    yield Fact("teams.sentence", "teams", joined, LABELS["sentence"])
    yield Fact("teams.names", "names", names, LABELS["names"])
    yield Fact("teams.count", "count", len(names), LABELS["count"])
    yield Fact("teams.modes", "rows", [_counts(team) for team in workshop.teams], LABELS["modes"])
    members = [_member(team, row) for team in workshop.teams for row in team.members]
    # Names of persons: for the donor, not for the public.
    yield Fact("teams.members", "rows", members, LABELS["members"], public=False)


def _joined(team: PresentingTeam) -> dict[str, Any]:
    return {"name": team.name.to_json(), "modes": sorted({row.mode for row in team.members})}


def _counts(team: PresentingTeam) -> dict[str, Any]:
    modes = [row.mode for row in team.members]
    return {"name": team.name.to_json(), **{mode: modes.count(mode) for mode in Mode}}


def _member(team: PresentingTeam, row: Any) -> dict[str, Any]:
    return {
        "team": team.name.to_json(),
        "name": row.name,
        "function": row.function,
        "mode": row.mode,
    }


HEAD = {
    "en": ("Team", "Name", "Function", "Mode"),
    "fr": ("Équipe", "Nom", "Fonction", "Mode de participation"),
    "ar": ("الفريق", "الاسم", "الصفة", "طريقة المشاركة"),
}


def trace(workshop: Workshop, _key: str, lang: str) -> Evidence:
    return Evidence(
        head=HEAD[lang],
        rows=tuple(
            (team.name.text(lang), row.name, row.function, COUNTS[row.mode][1].text(lang))
            for team in workshop.teams
            for row in team.members
        ),
        endpoint="workshops.manage",
    )


TEAMS = FactSource(
    key="teams",
    order=20,
    label=Texts.of(en="Presenting teams", fr="Équipes intervenantes", ar="الفرق المقدمة"),
    gather=gather,
    trace=trace,
)
