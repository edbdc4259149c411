"""Authorities through which a donor acts are named wherever the donors are acknowledged."""

from collections.abc import Iterable

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.reports.visibility_rule import Finding, Subject, VisibilityRule

UNNAMED = N_("The acknowledgement does not name %(authority)s, which represents %(donor)s.")


def check(subject: Subject) -> Iterable[Finding]:
    words = subject.words()
    for donor in subject.donors:
        for one in donor.represented_by:
            named = one.name.find(subject.lang)
            if named is None or not _is_named(named, words):
                yield Finding(
                    UNNAMED,
                    {
                        "authority": one.name.text(subject.lang),
                        "donor": donor.name.text(subject.lang),
                    },
                )


def _is_named(name: str, words: str) -> bool:
    return " ".join(name.split()).casefold() in words.casefold()


REPRESENTATIVES = VisibilityRule(
    key="representatives",
    label=Texts.of(
        en="Whoever represents a donor is named",
        fr="Toute autorité représentant un bailleur est nommée",
        ar="يُذكر كل من يمثل جهة مانحة",
    ),
    check=check,
)
