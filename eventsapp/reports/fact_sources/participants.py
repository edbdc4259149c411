"""Who took part: invited, registered and attended, each person counted once."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import attendance_facts, presences_of
from eventsapp.attendance.types import AttendanceFacts, RegistrationStatus
from eventsapp.core import db
from eventsapp.core.texts import Texts
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop

# Fact, how it is written, label, and the way to the registrations it counts.
COUNTS: Mapping[str, tuple[str, Texts]] = {
    "invited": (
        "invited",
        Texts.of(en="Invited", fr="Invités", ar="المدعوون"),
    ),
    "registered": (
        "registered",
        Texts.of(en="Registered", fr="Inscrits", ar="المسجلون"),
    ),
    "confirmed": (
        "confirmed",
        Texts.of(en="Confirmed", fr="Confirmés", ar="المؤكدة مشاركتهم"),
    ),
    "attended": (
        "attended",
        Texts.of(en="Attended", fr="Présents", ar="الحاضرون"),
    ),
    "in_person": (
        "by_mode.in_person",
        Texts.of(en="In person", fr="En présentiel", ar="حضوريًا"),
    ),
    "online": (
        "by_mode.online",
        Texts.of(en="Online", fr="À distance", ar="عن بعد"),
    ),
    "both": (
        "by_mode.both",
        Texts.of(en="In person and online", fr="En présentiel et à distance", ar="حضوريًا وعن بعد"),
    ),
    "female": (
        "by_sex.female",
        Texts.of(en="Women", fr="Femmes", ar="النساء"),
    ),
}
COUNTED = {
    "attended_people": ("attended", "participant"),
    "registered_people": ("registered", "person"),
    "women": ("female", "woman"),
}
LABELS = {
    "attended_people": Texts.of(
        en="Attended, with the noun", fr="Présents, avec le nom", ar="الحاضرون مع التمييز"
    ),
    "registered_people": Texts.of(
        en="Registered, with the noun", fr="Inscrits, avec le nom", ar="المسجلون مع التمييز"
    ),
    "women": Texts.of(en="Women, with the noun", fr="Femmes, avec le nom", ar="النساء مع التمييز"),
    "share_women": Texts.of(en="Share of women", fr="Part des femmes", ar="نسبة النساء"),
    "attendances": Texts.of(
        en="Attendances (persons × days)",
        fr="Présences (personnes × jours)",
        ar="مرات الحضور (أشخاص × أيام)",
    ),
    "countries": Texts.of(en="Countries", fr="Pays", ar="البلدان"),
    "institutions": Texts.of(en="Institutions", fr="Institutions", ar="المؤسسات"),
    "countries_count": Texts.of(en="Number of countries", fr="Nombre de pays", ar="عدد البلدان"),
    "institutions_count": Texts.of(
        en="Number of institutions", fr="Nombre d’institutions", ar="عدد المؤسسات"
    ),
    "by_mode": Texts.of(
        en="Attended by mode", fr="Présents par mode", ar="الحاضرون حسب طريقة المشاركة"
    ),
    "by_sex": Texts.of(en="Attended by sex", fr="Présents par sexe", ar="الحاضرون حسب الجنس"),
    "by_country": Texts.of(
        en="Attended by country", fr="Présents par pays", ar="الحاضرون حسب البلد"
    ),
    "by_institution": Texts.of(
        en="Attended by institution", fr="Présents par institution", ar="الحاضرون حسب المؤسسة"
    ),
    "by_group": Texts.of(en="Attended by group", fr="Présents par groupe", ar="الحاضرون حسب الفئة"),
    "by_sex_and_mode": Texts.of(
        en="Attended by sex and mode",
        fr="Présents par sexe et par mode",
        ar="الحاضرون حسب الجنس وطريقة المشاركة",
    ),
}
# Two dimensions at once single people out, and what is hidden of them in one issue could be had
# from the next: they stay with the donor.
DONORS_ONLY = frozenset({"by_sex_and_mode"})


def gather(workshop: Workshop) -> Iterable[Fact]:
    known = attendance_facts(workshop)
    counts = _counts(known)
    for name, value in counts.items():
        yield Fact(f"participants.{name}", "count", value, COUNTS[name][1])
    for name, (of, noun) in COUNTED.items():
        if counts.get(of):
            yield Fact(f"participants.{name}", *_counted(counts[of], noun), LABELS[name])
    for name, (kind, value) in _derived(known, counts).items():
        if value:
            public = name not in DONORS_ONLY
            yield Fact(f"participants.{name}", kind, value, LABELS[name], public=public)


def _counts(known: AttendanceFacts) -> dict[str, int]:
    counts = {
        name: int(getattr(known, name))
        for name in ("invited", "registered", "confirmed", "attended")
    }
    counts.update((mode, known.by_mode.get(mode, 0)) for mode in ("in_person", "online", "both"))
    if known.by_sex:
        counts["female"] = known.by_sex.get("female", 0)
    return counts


def _derived(known: AttendanceFacts, counts: Mapping[str, int]) -> dict[str, tuple[str, Any]]:
    countries = [code for code in known.by_country if code]
    institutions = [name for name in known.by_institution if name]
    share = counts.get("female", 0) / known.attended if known.attended else 0
    return {
        "share_women": ("share", round(share, 4)),
        "attendances": ("count", known.attendances),
        "countries": _counted(len(countries), "country"),
        "institutions": _counted(len(institutions), "institution"),
        "countries_count": ("count", len(countries)),
        "institutions_count": ("count", len(institutions)),
        "by_mode": ("rows", _pairs(known.by_mode)),
        "by_sex": ("rows", _pairs(known.by_sex)),
        "by_country": ("rows", _pairs(known.by_country)),
        "by_institution": ("rows", _pairs(known.by_institution)),
        "by_group": ("rows", [[name.to_json(), count] for name, count in known.by_group if count]),
        "by_sex_and_mode": ("rows", [list(row) for row in known.by_sex_and_mode]),
    }


def _counted(count: int, noun: str) -> tuple[str, Any]:
    return "counted", {"n": count, "noun": noun} if count else None


def _pairs(counts: Mapping[str, int]) -> list[list[Any]]:
    return [[key, count] for key, count in counts.items()]


HEAD = {
    "en": ("Name", "Institution", "Registration", "Took part"),
    "fr": ("Nom", "Institution", "Inscription", "Participation"),
    "ar": ("الاسم", "المؤسسة", "التسجيل", "المشاركة"),
}

STATUSES: Mapping[str, Texts] = {
    RegistrationStatus.INVITED: Texts.of(en="invited", fr="invitation envoyée", ar="مدعو"),
    RegistrationStatus.REQUESTED: Texts.of(en="requested", fr="demandée", ar="طلب قيد النظر"),
    RegistrationStatus.CONFIRMED: Texts.of(en="confirmed", fr="confirmée", ar="مؤكد"),
    RegistrationStatus.WAITLISTED: Texts.of(
        en="on the waiting list", fr="sur liste d’attente", ar="في قائمة الانتظار"
    ),
    RegistrationStatus.DECLINED: Texts.of(en="declined", fr="refusée", ar="مرفوض"),
    RegistrationStatus.CANCELLED: Texts.of(en="cancelled", fr="annulée", ar="ملغى"),
}


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    """The registrations that the figure counts, each with how its person took part."""
    presences = presences_of(workshop)
    rows = []
    for registration in _registrations(_ids(workshop, key.partition(".")[2])):
        presence = presences.get(registration.id)
        how = presence.took_part if presence else None
        took_part = COUNTS[how][1].text(lang) if how else ""
        status = STATUSES[registration.status].text(lang)
        person = registration.person
        rows.append((person.name, person.institution, status, took_part))
    return Evidence(head=HEAD[lang], rows=tuple(rows), endpoint="attendance.people")


def _ids(workshop: Workshop, name: str) -> tuple[int, ...]:
    """What a count counts; shares and breakdowns rest on everybody who attended."""
    counted = COUNTED.get(name, (name, ""))[0]
    path = COUNTS[counted][0] if counted in COUNTS else "attended"
    return attendance_facts(workshop).evidence.get(path, ())


def _registrations(ids: tuple[int, ...]) -> Iterable[Registration]:
    return db.session().scalars(
        sa.select(Registration)
        .where(Registration.id.in_(ids))
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )


PARTICIPANTS = FactSource(
    key="participants",
    order=30,
    label=Texts.of(en="Participants", fr="Participants", ar="المشاركون"),
    gather=gather,
    trace=trace,
)
