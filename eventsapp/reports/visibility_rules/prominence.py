"""No other logo is more prominent than the European Union's emblem, nor stands before it."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Emblem
from eventsapp.documents.render import emblem_size
from eventsapp.reports.visibility_rule import EUROPEAN_EMBLEM, Finding, Subject, VisibilityRule

LARGER = N_("%(logo)s is larger than the European Union’s emblem.")
BEFORE = N_("%(logo)s stands before the European Union’s emblem. Put that donor first.")


def check(subject: Subject) -> Iterable[Finding]:
    for emblems, _sentences in subject.places():
        keys = [emblem.key for emblem in emblems]
        if EUROPEAN_EMBLEM not in keys:
            continue
        at = keys.index(EUROPEAN_EMBLEM)
        for emblem in emblems[:at]:
            yield Finding(BEFORE, {"logo": emblem.alt})
        for emblem in emblems:
            if _is_larger(emblem, emblems[at]):
                yield Finding(LARGER, {"logo": emblem.alt})


def _is_larger(emblem: Emblem, union: Emblem) -> bool:
    """By height or by area as drawn; a pixel of rounding is none."""
    width, height = emblem_size(emblem)
    of_width, of_height = emblem_size(union)
    return height > of_height or width * height > of_width * of_height + max(of_width, of_height)


PROMINENCE = VisibilityRule(
    key="prominence",
    label=Texts.of(
        en="No logo outshines the EU emblem",
        fr="Aucun logo n’est plus visible que l’emblème de l’UE",
        ar="لا يطغى أي شعار على شعار الاتحاد الأوروبي",
    ),
    check=check,
)
