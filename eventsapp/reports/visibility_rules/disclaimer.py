"""Where donors pay, the disclaimer of the contract is printed in the reader's language."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Acknowledgement
from eventsapp.reports.visibility_rule import EUROPEAN_EMBLEM, Finding, Subject, VisibilityRule

MISSING = N_("The project has no disclaimer; the European Union’s contracts ask for one.")
UNTRANSLATED = N_("The disclaimer is missing in this language.")
NOT_SHOWN = N_("The disclaimer is not the contract’s present one. Approve the report anew.")


def check(subject: Subject) -> Iterable[Finding]:
    if not subject.disclaimer:
        if any(f"static/emblems/{donor.emblem}" == EUROPEAN_EMBLEM for donor in subject.donors):
            yield Finding(MISSING)
        return
    text = subject.disclaimer.find(subject.lang)
    if text is None:
        yield Finding(UNTRANSLATED)
    elif text not in _shown(subject):
        yield Finding(NOT_SHOWN)


def _shown(subject: Subject) -> set[str]:
    return {block.disclaimer for block in subject.blocks if isinstance(block, Acknowledgement)}


DISCLAIMER = VisibilityRule(
    key="disclaimer",
    label=Texts.of(
        en="The contract’s disclaimer is printed",
        fr="La clause de non-responsabilité du contrat est imprimée",
        ar="يُطبع إخلاء المسؤولية الوارد في العقد",
    ),
    check=check,
)
