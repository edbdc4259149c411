"""Papers of attendance as documents: a list to sign, badges, a certificate.

They are written in the language that was asked for, without a translation catalogue, like every
document that may be drawn again later.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from eventsapp.attendance.links import door_link
from eventsapp.attendance.models import Certificate, Registration
from eventsapp.attendance.rules.registering import spaced_code
from eventsapp.attendance.types import TookPart
from eventsapp.core.dates import format_period, locale_of
from eventsapp.core.texts import Texts, in_line
from eventsapp.documents.blocks import (
    Badge,
    Badges,
    Block,
    Document,
    Masthead,
    Table,
)
from eventsapp.documents.blocks import Certificate as CertificatePage
from eventsapp.documents.labels import labels_for
from eventsapp.edge.mail import absolute_url
from eventsapp.edge.qr import qr_png
from eventsapp.workshops.models import Workshop

SHEET = Texts.of(en="Attendance list", fr="Liste de présence", ar="كشف الحضور")
HEAD = {
    "number": Texts.of(en="No.", fr="N°", ar="الرقم"),
    "name": Texts.of(en="Name", fr="Nom", ar="الاسم"),
    "institution": Texts.of(en="Institution", fr="Institution", ar="المؤسسة"),
    "signature": Texts.of(en="Signature", fr="Signature", ar="التوقيع"),
    "day": Texts.of(en="Day", fr="Jour", ar="اليوم"),
    "place": Texts.of(en="Place", fr="Lieu", ar="المكان"),
}
NOTE = Texts.of(
    en="List of {date}, {time}. Whoever is not on it signs on an empty line.",
    fr="Liste établie le {date} à {time}. Les personnes absentes de la liste signent sur une "
    "ligne libre.",
    ar="أُعدّ هذا الكشف في {date}، {time}. من لا يرد اسمه يوقّع في سطر فارغ.",
)
BADGES = Texts.of(en="Badges", fr="Badges", ar="بطاقات الأسماء")
PARTICIPANT = Texts.of(en="Participant", fr="Participation", ar="مشاركة")
CODE = Texts.of(
    en="QR code for the door: {code}",
    fr="Code QR pour l’entrée\u202f: {code}",
    ar="رمز الاستجابة السريعة للمدخل: {code}",
)
CERTIFICATE = Texts.of(
    en="Certificate of attendance", fr="Attestation de participation", ar="شهادة حضور"
)
TOOK_PART = {
    TookPart.IN_PERSON: Texts.of(
        en="took part in person in the workshop",
        fr="a participé en présentiel à l’atelier",
        ar="للمشاركة حضوريًا في ورشة العمل",
    ),
    TookPart.ONLINE: Texts.of(
        en="took part online in the workshop",
        fr="a participé à distance à l’atelier",
        ar="للمشاركة عن بعد في ورشة العمل",
    ),
    TookPart.BOTH: Texts.of(
        en="took part, in person and online, in the workshop",
        fr="a participé, en présentiel et à distance, à l’atelier",
        ar="للمشاركة حضوريًا وعن بعد في ورشة العمل",
    ),
}
HELD = Texts.of(
    en="{place}, {period}. Attendance was noted on {days}.",
    fr="{place}, {period}. Présence constatée sur {days}.",
    ar="{place}، {period}. سُجّل الحضور في {days}.",
)
PROOF = Texts.of(
    en="Whether this certificate holds can be checked at {page} with the code {code}.",
    fr="La validité de cette attestation se vérifie sur {page} avec le code {code}.",
    ar="يمكن التحقق من صحة هذه الشهادة في \u200e{page}\u200e بالرمز \u200e{code}\u200e.",
)
PROOF_CODE = Texts.of(
    en="QR code that opens the proof of this certificate",
    fr="Code QR ouvrant la vérification de cette attestation",
    ar="رمز استجابة سريعة يفتح صفحة التحقق من هذه الشهادة",
)
# Empty lines for those who come without having registered.
SPARE_LINES = 5


def days_in_words(count: int, lang: str) -> str:
    """``2 days``, after a word that puts the Arabic noun in the genitive."""
    if lang == "fr":
        return f"{count} jour" if count < 2 else f"{count} jours"
    if lang == "en":
        return f"{count} day" if count == 1 else f"{count} days"
    if count <= 2:
        return "يوم واحد" if count == 1 else "يومين"
    return f"{count} أيام" if count % 100 in range(3, 11) else f"{count} يومًا"


def sheet_document(
    workshop: Workshop, day: date, people: Sequence[Registration], *, lang: str, made_at: datetime
) -> Document:
    """The list of one day with a line to sign for each who is expected, and some to spare."""
    head = tuple(HEAD[name].text(lang) for name in ("number", "name", "institution", "signature"))
    rows = [
        (str(number), row.person.name, row.person.institution or "", "")
        for number, row in enumerate(people, start=1)
    ]
    rows += [(str(len(people) + n), "", "", "") for n in range(1, SPARE_LINES + 1)]
    local = made_at.astimezone(ZoneInfo(workshop.timezone))
    when = format_date(day, "full", locale=locale_of(lang))
    note = NOTE.text(lang).format(
        date=format_date(local.date(), "long", locale=locale_of(lang)), time=f"{local:%H:%M}"
    )
    lines = ((HEAD["day"].text(lang), when), (HEAD["place"].text(lang), _place(workshop, lang)))
    blocks: tuple[Block, ...] = (
        Masthead(SHEET.text(lang), workshop.title.text(lang), lines),
        Table(
            caption=note,
            head=head,
            rows=tuple(rows),
            numeric=(0,),
            row_heads=False,
            is_tall=True,
        ),
    )
    return _document(workshop, SHEET, blocks, lang=lang, made_at=made_at, name=f"sheet-{day}")


def badges_document(
    workshop: Workshop, people: Sequence[Registration], *, lang: str, made_at: datetime
) -> Document:
    items = tuple(
        Badge(
            name=row.person.name,
            institution=row.person.institution or "",
            role=row.group.name.text(lang) if row.group else PARTICIPANT.text(lang),
            picture=f"door-{row.code}.png",
            alt=CODE.text(lang).format(code=spaced_code(row.code)),
        )
        for row in people
    )
    title = workshop.title.text(lang)
    blocks: tuple[Block, ...] = (Masthead(BADGES.text(lang), title), Badges(title, items))
    return _document(workshop, BADGES, blocks, lang=lang, made_at=made_at, name="badges")


def badge_media(people: Sequence[Registration]) -> Mapping[str, bytes]:
    """The QR codes of the badges, by the names under which the document asks for them."""
    return {f"door-{row.code}.png": qr_png(door_link(row), border=2) for row in people}


def certificate_document(certificate: Certificate) -> Document:
    workshop, lang = certificate.registration.workshop, certificate.lang
    zone = ZoneInfo(workshop.timezone)
    first, last = (
        moment.astimezone(zone).date() for moment in (workshop.starts_at, workshop.ends_at)
    )
    held = HELD.text(lang).format(
        place=_place(workshop, lang),
        period=format_period(first, last, locale_of(lang)),
        days=days_in_words(certificate.days, lang),
    )
    page = CertificatePage(
        kicker=workshop.project.organisation.name.text(lang),
        title=CERTIFICATE.text(lang),
        name=certificate.name,
        sentences=(
            TOOK_PART[TookPart(certificate.took_part)].text(lang),
            workshop.title.text(lang),
            held,
        ),
        picture="proof.png",
        alt=PROOF_CODE.text(lang),
        proof=PROOF.text(lang).format(
            page=absolute_url("attendance.find_certificate"), code=spaced(certificate.code)
        ),
    )
    return _document(
        workshop,
        CERTIFICATE,
        (page,),
        lang=lang,
        made_at=certificate.issued_at,
        name=f"certificate-{certificate.code}",
    )


def certificate_media(certificate: Certificate) -> Mapping[str, bytes]:
    return {"proof.png": qr_png(proof_link(certificate.code), border=2)}


def proof_link(code: str) -> str:
    return absolute_url("attendance.certificate", code=code)


def spaced(code: str) -> str:
    """A long code as people read it: in groups of four that stay together."""
    return "\u00a0".join(code[at : at + 4] for at in range(0, len(code), 4))


def _document(
    workshop: Workshop,
    title: Texts,
    blocks: tuple[Block, ...],
    *,
    lang: str,
    made_at: datetime,
    name: str,
) -> Document:
    whole = f"{title.text(lang)} · {workshop.title.text(lang)}"
    return Document(
        lang=lang,
        title=whole,
        blocks=blocks,
        running_title=f"{title.text(lang)} · {workshop.ref}",
        author=workshop.project.organisation.name.text(lang),
        subject=whole,
        keywords=(workshop.ref,),
        created=made_at,
        identifier=f"{workshop.ref}-{name}-{lang}",
        edition_note=workshop.ref,
        labels=labels_for(lang),
    )


def _place(workshop: Workshop, lang: str) -> str:
    parts = (workshop.venue, workshop.city.text(lang) if workshop.city else "")
    return in_line(parts, lang) or "–"
