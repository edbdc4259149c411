"""The European Union's emblem is never altered: its file and its proportions are the known ones."""

import hashlib
from collections.abc import Iterable

from eventsapp.config import ROOT
from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.reports.visibility_rule import EUROPEAN_EMBLEM, Finding, Subject, VisibilityRule

# The file as it was checked against the Union's graphics guide: 3:2, twelve stars, two colours.
SHA256 = "f6c24d98e278e147c28d978bdef7f3961e670c55444f0e3f76fb6e571fcdd527"
ALTERED = N_("The European Union’s emblem was altered. Restore its file from the release.")
DISTORTED = N_("The European Union’s emblem is distorted; it is half again as wide as it is high.")


def check(subject: Subject) -> Iterable[Finding]:
    emblems = [
        emblem
        for shown, _sentences in subject.places()
        for emblem in shown
        if emblem.key == EUROPEAN_EMBLEM
    ]
    if emblems and _sha256() != SHA256:
        yield Finding(ALTERED)
    if any(2 * emblem.width != 3 * emblem.height for emblem in emblems):
        yield Finding(DISTORTED)


def _sha256() -> str:
    return hashlib.sha256((ROOT / "eventsapp" / EUROPEAN_EMBLEM).read_bytes()).hexdigest()


EUROPEAN_EMBLEM_RULE = VisibilityRule(
    key="european_emblem",
    label=Texts.of(
        en="The EU emblem is unaltered",
        fr="L’emblème de l’UE n’est pas modifié",
        ar="شعار الاتحاد الأوروبي غير معدل",
    ),
    check=check,
)
