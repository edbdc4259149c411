"""Rows below a list that add it up, and are nobody's."""

import re

from eventsapp.attendance.reading.times import clean

_TOTAL = re.compile(
    r"(?:(?:grand|sub-?|sous-)\s?)?total(?:s|e|es|aux)?(?:\s\w+){0,2}|totaux|sum|somme|average|mean"
    r"|moyenne|summe|gesamt|durchschnitt|(?:ال)?مجموع(?:\s\w+)?|(?:ال)?[إا]جمالي(?:\s\w+)?"
    r"|(?:ال)?متوسط|(?:ال)?معدل"
)


def is_total(name: str) -> bool:
    return _TOTAL.fullmatch(clean(name).rstrip(" :")) is not None
