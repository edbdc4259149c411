"""A derogation lets a donor stay unnamed only as long as it was authorised for."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.reports.visibility_rule import Finding, Subject, VisibilityRule

EXPIRED = N_("The derogation for %(donor)s ran out on %(until)s. End it, or have it renewed.")


def check(subject: Subject) -> Iterable[Finding]:
    for row in subject.derogations:
        if row.until < subject.today:
            values = {
                "donor": row.donor.name.text(subject.lang),
                "until": row.until.isoformat(),
            }
            yield Finding(EXPIRED, values)


DEROGATIONS = VisibilityRule(
    key="derogations",
    label=Texts.of(
        en="No derogation has run out",
        fr="Aucune dérogation n’a expiré",
        ar="لم تنته مدة أي استثناء",
    ),
    check=check,
)
