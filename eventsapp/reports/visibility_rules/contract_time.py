"""A workshop is held within the time of each contract that it is reported under."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.reports.visibility_rule import Finding, Subject, VisibilityRule

OUTSIDE = N_(
    "The workshop was not held within the time of contract %(number)s. Correct the contract’s "
    "days, or choose another one."
)


def check(subject: Subject) -> Iterable[Finding]:
    for number in subject.outside:
        yield Finding(OUTSIDE, {"number": number})


CONTRACT_TIME = VisibilityRule(
    key="contract_time",
    label=Texts.of(
        en="The workshop lies within its contracts’ time",
        fr="L’atelier a lieu pendant la durée de ses contrats",
        ar="تقع الورشة ضمن مدة عقودها",
    ),
    check=check,
)
