"""A donor with a derogation stays unnamed, and only as long as it was authorised for."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.projects.models import Donor
from eventsapp.reports.visibility_rule import Finding, Subject, VisibilityRule

NAMED = N_(
    "%(donor)s is not to be shown, by its derogation, and is named. Take it out of the text and of "
    "the disclaimer, and have the report approved anew."
)
EXPIRED = N_("The derogation for %(donor)s ran out on %(until)s. End it, or have it renewed.")


def check(subject: Subject) -> Iterable[Finding]:
    for row in subject.derogations:
        donor = {"donor": row.donor.name.text(subject.lang)}
        if row.until < subject.today:
            yield Finding(EXPIRED, {**donor, "until": row.until.isoformat()})
        elif _is_shown(row.donor, subject):
            yield Finding(NAMED, donor)


def _is_shown(donor: Donor, subject: Subject) -> bool:
    """By its name or its own words, in any part."""
    words = subject.words().casefold()
    own = (donor.name.find(subject.lang), donor.statement.find(subject.lang))
    return any(text and " ".join(text.split()).casefold() in words for text in own)


DEROGATIONS = VisibilityRule(
    key="derogations",
    label=Texts.of(
        en="Derogations run, and their donors are not shown",
        fr="Les dérogations sont en cours et leurs bailleurs ne sont pas mentionnés",
        ar="الاستثناءات سارية ولا تُذكر الجهات المانحة المشمولة بها",
    ),
    check=check,
)
