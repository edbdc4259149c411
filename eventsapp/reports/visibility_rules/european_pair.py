"""The European Union's emblem and its statement always stand together."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.reports.visibility_rule import EUROPEAN_EMBLEM, Finding, Subject, VisibilityRule

NO_STATEMENT = N_("The European Union’s emblem stands without its statement.")
NO_EMBLEM = N_("The European Union’s statement stands without its emblem.")


def check(subject: Subject) -> Iterable[Finding]:
    statement = _statement_of(subject)
    for emblems, sentences in subject.places():
        has_emblem = any(emblem.key == EUROPEAN_EMBLEM for emblem in emblems)
        has_statement = statement is not None and statement in sentences
        if has_emblem and not has_statement:
            yield Finding(NO_STATEMENT)
        if has_statement and not has_emblem:
            yield Finding(NO_EMBLEM)


def _statement_of(subject: Subject) -> str | None:
    for row in subject.statements:
        if f"static/emblems/{row['emblem']}" == EUROPEAN_EMBLEM:
            return Texts.from_json(row["statement"]).find(subject.lang)
    return None


EUROPEAN_PAIR = VisibilityRule(
    key="european_pair",
    label=Texts.of(
        en="The EU emblem and its statement stand together",
        fr="L’emblème de l’UE et sa mention vont ensemble",
        ar="يظهر شعار الاتحاد الأوروبي مع عبارته دائمًا",
    ),
    check=check,
)
