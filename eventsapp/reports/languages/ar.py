"""Modern standard Arabic: verbs stand first, so that they agree whatever is counted.

Counted nouns are written to be subjects (nominative); from three on their form is the same in
every case, so that only one and two would tell. Short vowels are left out, except for the final
``ً``: programs that search a PDF tear them from their letters.
"""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from eventsapp.core.texts import in_line
from eventsapp.reports.language import Donor, Language, Representative, Team, modes_of

LOCALE = "ar"


def named(name: str) -> str:
    """Names carry their own article."""
    return name


def when(first: date, last: date) -> str:
    long = format_date(last, format="long", locale=LOCALE)
    if first == last:
        return f"يوم {long}"
    same_month = (first.year, first.month) == (last.year, last.month)
    pattern = "d" if same_month else "d MMMM" if first.year == last.year else "long"
    start = format_date(first, pattern, locale=LOCALE)
    if (last - first).days == 1:
        return f"يومي {start} و{long}"
    return f"من {start} إلى {long}"


def where(city: str, country: str) -> str:
    return f"في {in_line((city, country), 'ar')}"


def funded_by(donors: Sequence[Donor]) -> str:
    verb = "بتمويل مشترك من" if len(donors) > 1 else "بتمويل من"
    if len(donors) == 1 and donors[0].represented_by:
        return f"{verb} {donors[0].name}، {_standing_for(donors[0])}"
    if len(donors) == 2 and donors[1].represented_by and not donors[0].represented_by:
        names = _and([donor.name for donor in donors])
        return f"{verb} {names}، {_latter(donors[1])}"
    return f"{verb} {_and([_with_authorities(donor) for donor in donors])}"


def _latter(donor: Donor) -> str:
    last = "هذه الأخيرة" if _is_feminine(donor.name) else "هذا الأخير"
    return f"وينوب عن {last} {_each(donor)}"


def _is_feminine(name: str) -> bool:
    """By the ending of the first noun, which is how nearly every institution shows it."""
    return name.split(maxsplit=1)[0].endswith("ة") if name.split() else False


def _each(donor: Donor) -> str:
    """``كل من`` keeps the verb in the singular for several authorities."""
    names = [_authority(one) for one in donor.represented_by]
    return names[0] if len(names) == 1 else f"كل من {_and(names)}"


def _with_authorities(donor: Donor) -> str:
    if not donor.represented_by:
        return donor.name
    return f"{donor.name} ({_standing_for(donor)})"


def _standing_for(donor: Donor) -> str:
    adjective = "ممثلة" if _is_feminine(donor.name) else "ممثلًا"
    return f"{adjective} في {_and([_authority(one) for one in donor.represented_by])}"


def _authority(one: Representative) -> str:
    return f"{one.acting_through} {one.titled}" if one.acting_through else one.titled


def joined(teams: Sequence[Team], city: str) -> str:
    names = _and([team.name for team in teams])
    here = f"حضوريًا في {city}" if city else "حضوريًا"
    ending = {
        frozenset({"in_person", "online"}): f"، وشارك بعضهم عن بعد وبعضهم الآخر {here}",
        frozenset({"in_person"}): f"، وشاركوا جميعًا {here}",
        frozenset({"online"}): "، وشاركوا جميعًا عن بعد",
    }.get(modes_of(teams), "")
    return f"قدم العروض ممثلون عن {names}{ending}"


def _and(items: Sequence[str]) -> str:
    """``و`` clings to the word after it; before Latin letters a mark keeps the two apart."""
    first, *rest = items
    return "".join([first, *(f" و{_after_waw(item)}" for item in rest)])


def _after_waw(item: str) -> str:
    return f"\u00a0{item}" if item[:1].isascii() else item


ARABIC = Language(
    key="ar",
    locale=LOCALE,
    named=named,
    when=when,
    where=where,
    funded_by=funded_by,
    joined=joined,
    nouns={
        "participant": {
            "zero": "{n} مشارك",
            "one": "مشارك واحد",
            "two": "مشاركان",
            "few": "{n} مشاركين",
            "many": "{n} مشاركًا",
            "other": "{n} مشارك",
        },
        "person": {
            "zero": "{n} شخص",
            "one": "شخص واحد",
            "two": "شخصان",
            "few": "{n} أشخاص",
            "many": "{n} شخصًا",
            "other": "{n} شخص",
        },
        "woman": {
            "zero": "{n} امرأة",
            "one": "امرأة واحدة",
            "two": "امرأتان",
            "few": "{n} نساء",
            "many": "{n} امرأة",
            "other": "{n} امرأة",
        },
        "man": {
            "zero": "{n} رجل",
            "one": "رجل واحد",
            "two": "رجلان",
            "few": "{n} رجال",
            "many": "{n} رجلًا",
            "other": "{n} رجل",
        },
        "answer": {
            "zero": "{n} إجابة",
            "one": "إجابة واحدة",
            "two": "إجابتان",
            "few": "{n} إجابات",
            "many": "{n} إجابة",
            "other": "{n} إجابة",
        },
        "institution": {
            "zero": "{n} مؤسسة",
            "one": "مؤسسة واحدة",
            "two": "مؤسستان",
            "few": "{n} مؤسسات",
            "many": "{n} مؤسسة",
            "other": "{n} مؤسسة",
        },
        "country": {
            "zero": "{n} بلد",
            "one": "بلد واحد",
            "two": "بلدان",
            "few": "{n} بلدان",
            "many": "{n} بلدًا",
            "other": "{n} بلد",
        },
        "day": {
            "zero": "{n} يوم",
            "one": "يوم واحد",
            "two": "يومان",
            "few": "{n} أيام",
            "many": "{n} يومًا",
            "other": "{n} يوم",
        },
        "session": {
            "zero": "{n} جلسة",
            "one": "جلسة واحدة",
            "two": "جلستان",
            "few": "{n} جلسات",
            "many": "{n} جلسة",
            "other": "{n} جلسة",
        },
    },
    words={
        "in_person": "حضوريًا",
        "online": "عن بعد",
        "both": "بالطريقتين معًا",
        "workshop.in_person": "ورشة عمل حضورية",
        "workshop.hybrid": "ورشة عمل هجينة",
        "workshop.online": "ورشة عمل عبر الإنترنت",
        "format.in_person": "حضورية",
        "format.hybrid": "هجينة: حضوريًا وعن بعد",
        "format.online": "عبر الإنترنت",
        "female": "نساء",
        "male": "رجال",
        "undisclosed": "غير محدد",
        "place": "{city}، {country}",
        "missing": "[غير مكتوب بالعربية: {label}]",
        "withheld": "[غير منشور لقلة عدد الإجابات: {label}]",
        "quoted": "«{text}»",
        "colon": "{label}: {value}",
    },
)
