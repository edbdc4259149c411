"""The issued PDF: every fact of the sample, in three languages, in a file that others accept."""

import csv
import hashlib
import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from unicodedata import combining

import page
import pikepdf
import pypdf
import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.documents.render import pdf_html
from eventsapp.edge import pdf, storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.reports import papers, queries, service
from eventsapp.reports.types import EditionKind
from tests.factories.reports import NOW, approve, submit
from tests.factories.workshops import make_actor, make_workshop
from tests.reports.conftest import LANGUAGES, Issued

Editions = dict[tuple[str, str], Issued]

FACTS = {
    "en": (
        "International Centre for Migration Policy Development (ICMPD)",
        (
            "Introductory workshop for the new focal points of the State of Libya for the Rabat "
            "Process and the Khartoum Process"
        ),
        "Tripoli, Libya",
        "a hybrid workshop",
        "LIBMITAF, Libya’s Migration Technical Assistance Facility",
        (
            "co-funded by the European Union and the Swiss Confederation, the latter represented "
            "by the State Secretariat for Migration (SEM) and by the Federal Department of Foreign "
            "Affairs acting through its Peace and Human Rights Division (PHRD)"
        ),
        (
            "Two focal points were newly appointed by the State of Libya, one for the Rabat "
            "Process and one for the Khartoum Process"
        ),
        (
            "ICMPD has supported the participation of Libyan delegations in regional and "
            "international migration dialogues since 2017"
        ),
        "let countries engage, network and coordinate with their partners",
        (
            "a full briefing on how the two dialogues work in general, the follow-up to the Joint "
            "Valletta Action Plan (JVAP) included"
        ),
        (
            "go deeper into the objectives and procedures of the dialogues and to exchange with "
            "their secretariats"
        ),
        (
            "the Rabat Process Secretariat, the Khartoum Process Secretariat, the JVAP Follow-up "
            "team and the LIBMITAF team, with some colleagues joining virtually and others in "
            "person in Tripoli"
        ),
        "newly appointed focal points and Libyan officials",
        "24 participants took part: 18 in person and 6 online",
        (
            "Participants welcomed the workshop and found it very useful for strengthening their "
            "knowledge of the dialogue platforms"
        ),
        "ICMPD will continue to support Libya’s participation in the meetings of both dialogues",
        "Demonstration data",
    ),
    "fr": (
        "Centre international pour le développement des politiques migratoires (ICMPD)",
        "un atelier hybride à Tripoli (Libye), les 8 et 9 février 2022",
        (
            "cofinancé par l’Union européenne et la Confédération suisse, cette dernière étant "
            "représentée par le Secrétariat d’État aux migrations (SEM) et par le Département "
            "fédéral des affaires étrangères agissant par sa Division Paix et droits de l’homme"
        ),
        "l’équipe de suivi du JVAP",
        "certains collègues intervenant à distance et d’autres en présentiel à Tripoli",
        "24 participants y ont pris part",
        "l’ont jugé très utile pour renforcer leurs connaissances sur les plateformes de dialogue",
        "Données de démonstration",
    ),
    "ar": (
        (
            "المركز الدولي لتطوير سياسات الهجرة (ICMPD) ورشة عمل هجينة في طرابلس، ليبيا يومي 8 و9 "
            "فبراير 2022"
        ),
        "ورشة عمل تمهيدية لمنسقي الاتصال الجدد لدولة ليبيا في عملية الرباط وعملية الخرطوم",
        "مشروع LIBMITAF (مرفق المساعدة التقنية في مجال الهجرة في ليبيا)",
        (
            "بتمويل مشترك من الاتحاد الأوروبي والاتحاد السويسري، وينوب عن هذا الأخير كل من أمانة "
            "الدولة للهجرة (SEM) ووزارة الخارجية الاتحادية من خلال شعبة السلام وحقوق الإنسان (PHRD)"
        ),
        "منذ عام 2017 مشاركة الوفود الليبية في حوارات الهجرة الإقليمية والدولية",
        "أمانة عملية الرباط وأمانة عملية الخرطوم وفريق متابعة خطة عمل فاليتا المشتركة (JVAP)",
        "وشارك بعضهم عن بعد وبعضهم الآخر حضوريًا في طرابلس",
        "حضر الورشة 24 مشاركًا: 18 حضوريًا و6 عن بعد. وقدم العروض ممثلون",
        "رحب المشاركون بورشة العمل ورأوا أنها مفيدة جدًا في تعزيز معرفتهم بمنصات الحوار",
        "سيواصل المركز دعم مشاركة ليبيا في اجتماعات الحوارين",
    ),
}
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# One answer to one question by very few would tell who gave it.
PERSONS = ("Salma Zentani", "Idris Alwaer", "Nuri Ghariani")


@pytest.fixture(params=LANGUAGES)
def public(request: pytest.FixtureRequest, issued: Editions) -> Issued:
    return issued["public", request.param]


def words(data: bytes) -> str:
    """The text layer on one line; soft hyphens and shapes of letters as plain ones."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def arabic_words(text: str) -> set[str]:
    """Without marks upon letters; a mark of direction may part two words or stand within one."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not combining(char))
    readings = DIRECTIONS.sub("", plain), DIRECTIONS.sub(" ", plain)
    return {word for reading in readings for word in re.findall(r"\w+", reading)}


def without_heads(text: str, edition: Issued) -> str:
    """Sentences may run over a page's end: its head and foot are no part of them."""
    reader = pypdf.PdfReader(io.BytesIO(edition.data))
    for number in range(1, len(reader.pages) + 1):
        for foot in (f"Page {number} of {edition.pages}", f"Page {number} sur {edition.pages}"):
            text = text.replace(foot, "")
    return " ".join(text.replace("LIBMITAF · LY-2022-001", "").split())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_fact_of_the_sample_is_in_the_file(lang: str, issued: Editions) -> None:
    edition = issued["public", lang]
    text = without_heads(words(edition.data), edition)
    missing = [fact for fact in FACTS[lang] if fact.casefold() not in text.casefold()]
    assert missing == []


def test_every_fact_of_the_sample_can_be_searched_in_arabic(issued: Editions) -> None:
    """Word by word: a line that mixes directions has no one order."""
    found = arabic_words(words(issued["public", "ar"].data))
    for fact in FACTS["ar"]:
        wanted = arabic_words(fact)
        assert len(wanted & found) / len(wanted) >= 0.8, wanted - found


def test_participants_are_named_for_the_donor_and_for_nobody_else(issued: Editions) -> None:
    for (kind, _lang), edition in issued.items():
        text = words(edition.data)
        named = [name for name in PERSONS if name in text]
        assert named == (list(PERSONS) if kind == "donor" else [])


def test_presenters_are_named_for_donors_only(issued: Editions) -> None:
    assert "Clara Vasseur" in words(issued["donor", "en"].data)
    assert "Clara Vasseur" not in words(issued["public", "en"].data)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_file_conforms_to_accessibility_and_archive(public: Issued, profile: str) -> None:
    result = page.validate_pdf_bytes(public.data, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_the_file_is_sound_and_says_its_language(public: Issued, tmp_path: Path) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(public.data)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with pikepdf.open(path) as file:
        assert str(file.Root.Lang) == public.lang


def test_both_editions_print_the_snapshot_they_come_from(issued: Editions) -> None:
    for edition in issued.values():
        text, printed = words(edition.data), edition.snapshot
        groups = [printed[at : at + 16] for at in range(0, len(printed), 16)]
        assert [group for group in groups if group not in text] == []
    assert len({edition.snapshot for edition in issued.values()}) == 1


def test_small_groups_are_left_out_and_said_to_be(issued: Editions) -> None:
    text = words(issued["public", "en"].data)
    assert "are not published, because a group is too small" in text


def test_the_figures_are_attached_as_data(issued: Editions) -> None:
    edition = issued["public", "en"]
    with pikepdf.open(io.BytesIO(edition.data)) as opened:
        attached = opened.attachments.items()
        files = {name: file.get_file().read_bytes() for name, file in attached}
    assert set(files) == {"facts.csv", "facts.json"}
    rows = {
        row[0]: row[2] for row in csv.reader(io.StringIO(files["facts.csv"].decode("utf-8-sig")))
    }
    assert (rows["participants.attended"], rows["feedback.n"]) == ("24", "16")
    data = json.loads(files["facts.json"])
    assert data["snapshot"] == edition.snapshot
    assert data["facts"]["participants.attended"] == 24
    assert [
        key for key in data["facts"] if key in {"teams.members", "participants.by_sex_and_mode"}
    ] == []


def test_the_same_snapshot_gives_the_same_bytes(sqlite_app: Flask) -> None:
    workshop, admin = make_workshop(), make_actor()
    submit(workshop)
    report_id = approve(workshop).report_id
    assert admin.id
    first = _issue(report_id)
    edition = queries.get_edition(first)
    once = storage.read(edition.file_key or "")
    document = papers.document_of(edition)
    again = pdf.render(
        pdf_html(document),
        media={},
        attachments=papers.attachments_of(edition),
        created=document.created,
        identifier=document.identifier,
    )
    assert hashlib.sha256(once).hexdigest() == again.sha256


def test_a_report_that_cannot_be_drawn_says_why_and_can_be_tried_again(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = make_workshop()
    submit(workshop)
    report_id = approve(workshop).report_id
    with monkeypatch.context() as broken:
        broken.setattr(pdf.Limits, "__init__", _no_time)
        failed = queries.get_edition(_issue(report_id))
    assert (failed.status, failed.failure) == ("failed", pdf.PdfTooSlow.message)
    mended = queries.get_edition(_issue(report_id))
    assert (mended.id, mended.status, mended.failure) == (failed.id, "ready", "")


def _issue(report_id: int) -> int:
    edition = service.issue_report(
        report_id, kinds=[EditionKind.PUBLIC], languages=["en"], by=SYSTEM, now=NOW
    )[0]
    edition_id = edition.id
    run_due_jobs(100)
    return edition_id


def _no_time(self: object, seconds: float = 0, memory_bytes: int = 0) -> None:
    object.__setattr__(self, "seconds", 0.05)
    object.__setattr__(self, "memory_bytes", 1024**3)
