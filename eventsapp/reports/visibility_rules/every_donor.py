"""Every donor of the project is acknowledged, in its own words and in the reader's language."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.reports.visibility_rule import Finding, Subject, VisibilityRule

MISSING = N_("%(donor)s is not acknowledged. Approve the report anew, so that it is.")
UNTRANSLATED = N_("The statement of %(donor)s is missing in this language.")


def check(subject: Subject) -> Iterable[Finding]:
    said = [Texts.from_json(row["name"]) for row in subject.statements]
    shown = {sentence for _emblems, sentences in subject.places() for sentence in sentences}
    for donor in subject.donors:
        name = {"donor": donor.name.text(subject.lang)}
        statement = donor.statement.find(subject.lang)
        if donor.name not in said:
            yield Finding(MISSING, name)
        elif statement is None:
            yield Finding(UNTRANSLATED, name)
        elif statement not in shown:
            yield Finding(MISSING, name)


EVERY_DONOR = VisibilityRule(
    key="every_donor",
    label=Texts.of(
        en="Every donor is acknowledged in its own words",
        fr="Chaque bailleur est mentionné dans ses propres termes",
        ar="تُذكر كل جهة مانحة بعبارتها الخاصة",
    ),
    check=check,
)
