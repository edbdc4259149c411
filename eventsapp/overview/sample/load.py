"""Tell the sample's story through the public services, as people would."""

import csv
import io
import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from eventsapp.accounts import queries as accounts
from eventsapp.accounts.service import actor_of
from eventsapp.attendance import service as attendance
from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import RegistrationDraft
from eventsapp.core.actor import SYSTEM, VISITOR, Actor
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.feedback import queries as feedback_queries
from eventsapp.feedback import service as feedback
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import KNOWLEDGE, Access, Submission
from eventsapp.news import service as news
from eventsapp.outcomes import service as outcomes
from eventsapp.outcomes.types import Achievement, OutcomeDraft, SheetDraft
from eventsapp.overview.sample import material, people, story
from eventsapp.photos import service as photos
from eventsapp.photos.types import PhotoDraft, Recognisable
from eventsapp.projects import queries as projects
from eventsapp.projects import service as project_service
from eventsapp.reports import service as reports
from eventsapp.workshops import service as workshops
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode, Presenting, Status, WorkshopDraft

ANNOUNCED = datetime(2022, 1, 10, 9, 0, tzinfo=UTC)
MORNING = datetime(2022, 2, 8, 7, 40, tzinfo=UTC)
SECOND_MORNING = datetime(2022, 2, 9, 7, 40, tzinfo=UTC)
CALL_FROM, CALL_TO = datetime(2022, 2, 8, 9, 25), datetime(2022, 2, 8, 13, 20)  # noqa: DTZ001 - wall-clock times of the export
OVER = datetime(2022, 2, 9, 12, 0, tzinfo=UTC)
REPORTED = datetime(2022, 2, 10, 9, 0, tzinfo=UTC)
DATED = date(2022, 2, 10)
REMARK = "Does this say all that is known of the next dialogue meetings?"

TOPIC = Texts.of(
    en="The workshop strengthened my knowledge of the dialogue platforms.",
    fr="L’atelier a renforcé mes connaissances sur les plateformes de dialogue.",
    ar="عززت ورشة العمل معرفتي بمنصات الحوار.",
)


def load_sample() -> bool:
    """Load the sample unless it is there already; says whether it did.

    Needs the demo accounts, in whose names things are done.
    """
    if projects.list_projects():
        return False
    project_id = register_project()
    workshop = hold_workshop(project_id)
    write_report(workshop.id)
    announce_next(project_id)
    return True


def demo_actor(role: str) -> Actor:
    user = accounts.find_by_email(f"{role}@demo.example")
    if user is None:
        raise LookupError(f"the demo account {role}@demo.example is missing")
    return actor_of(user)


def register_project() -> int:
    organisation = project_service.register_organisation(
        story.ORGANISATION, by=SYSTEM, now=ANNOUNCED
    )
    donors = [
        project_service.register_donor(donor, by=SYSTEM, now=ANNOUNCED)
        for donor in (story.EUROPEAN_UNION, story.SWITZERLAND)
    ]
    draft = story.project(organisation.id, tuple(donor.id for donor in donors))
    return project_service.register_project(draft, by=SYSTEM, now=ANNOUNCED).id


def hold_workshop(project_id: int) -> Workshop:
    """From registration to closed feedback: everything before the report."""
    organiser = demo_actor("organiser")
    topics = [workshops.add_topic(name, by=organiser, now=ANNOUNCED).id for name in story.TOPICS]
    draft = replace(story.workshop(project_id), topics=tuple(topics))
    workshop = workshops.register_workshop(draft, by=organiser, now=ANNOUNCED)
    assign_presenters(workshop, by=organiser)
    workshops.change_status(workshop.id, Status.OPEN, by=organiser, now=ANNOUNCED)
    came = register_people(workshop)
    check_in(came, by=organiser)
    import_call(workshop, by=organiser)
    workshops.change_status(workshop.id, Status.HELD, by=organiser, now=OVER)
    collect_feedback(workshop, by=organiser)
    add_photos(workshop, by=organiser)
    assess(workshop)
    return workshop


def assign_presenters(workshop: Workshop, *, by: Actor) -> None:
    """Each team presents a session, its members as each of them joined."""
    presenting = [
        Presenting(session.id, member.id, Mode(member.mode))
        for session, team in zip(workshop.sessions, workshop.teams, strict=True)
        for member in team.members
    ]
    workshops.assign_presenters(workshop.id, presenting, by=by, now=ANNOUNCED)


def register_people(workshop: Workshop) -> list[tuple[people.SamplePerson, Registration]]:
    """Everybody registers; gives those who came."""
    groups = [group.id for group in workshop.groups]
    came = []
    for person in people.PEOPLE:
        group = groups[story.FOCAL_POINTS if person.is_focal_point else story.OFFICIALS]
        draft = RegistrationDraft(person=person.draft, mode=person.mode, group_id=group)
        registration = attendance.register_participant(
            workshop.id, draft, by=VISITOR, now=ANNOUNCED
        )
        if person.came:
            came.append((person, registration))
    return came


def check_in(came: list[tuple[people.SamplePerson, Registration]], *, by: Actor) -> None:
    """At the door, on both mornings."""
    for person, registration in came:
        if person.mode == Mode.IN_PERSON:
            for morning in (MORNING, SECOND_MORNING):
                attendance.check_in_registration(registration.id, by=by, now=morning)


def import_call(workshop: Workshop, *, by: Actor) -> None:
    """The video tool's export of the first day."""
    batch = attendance.keep_file(
        workshop.id,
        call_export(),
        name="participants.csv",
        timezone=workshop.timezone,
        by=by,
        now=OVER,
    )
    attendance.confirm_import(workshop.id, batch.id, by=by, now=OVER)


def call_export() -> bytes:
    """What Zoom would have written about those who joined the call."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest"]
    )
    joined = [person for person in people.PEOPLE if person.mode == Mode.ONLINE and person.came]
    for late, person in enumerate(joined):
        start = CALL_FROM + timedelta(minutes=late)
        minutes = int((CALL_TO - start).total_seconds() // 60)
        times = [f"{moment:%m/%d/%Y %I:%M:%S %p}" for moment in (start, CALL_TO)]
        writer.writerow([person.name, person.draft.email, *times, minutes, "Yes"])
    return text.getvalue().encode()


def collect_feedback(workshop: Workshop, *, by: Actor) -> None:
    """Cards in the room; sixteen are filled in, then the form is closed and mixed."""
    form = feedback.create_form(workshop.id, "end", access=Access.CARDS, by=by, now=SECOND_MORNING)
    asked = feedback_queries.questions_of(feedback_queries.current_version(form))
    knowledge = next(question for question in asked if question.key == KNOWLEDGE)
    feedback.change_question(
        form.id, replace(knowledge, text=TOPIC), version=form.version, by=by, now=SECOND_MORNING
    )
    feedback.open_form(form.id, by=by, now=SECOND_MORNING)
    sheet = feedback.print_cards(form.id, len(people.ANSWERS), by=by, now=SECOND_MORNING)
    for code, given in zip(feedback_queries.sheet_codes(form, sheet), people.ANSWERS, strict=True):
        answer(form, code, given)
    feedback.close_form(form.id, by=by, now=OVER)


def answer(form: FeedbackForm, code: str, given: tuple[int, int, str, str]) -> None:
    usefulness, knowledge, mode, comment = given
    answers: dict[str, object] = {
        "usefulness": str(usefulness),
        "knowledge": str(knowledge),
        "mode": mode,
    }
    if comment:
        named = people.QUOTABLE.get(comment, "")
        consent = {"may_quote": True, "by": "role", "named": named} if named else {}
        answers["comment"] = {"text": comment, **consent}
    sent = Submission(
        code=code,
        version_id=feedback_queries.current_version(form).id,
        lang="en",
        answers=answers,
        retry_key=secrets.token_hex(16),
    )
    feedback.submit(sent, now=OVER)


def add_photos(workshop: Workshop, *, by: Actor) -> None:
    """Each is described in every language; nobody can be recognised in a drawing."""
    for sample in material.PHOTOS:
        photo = photos.add_photo(workshop.id, sample.read(), name=sample.name, by=by, now=OVER)
        draft = PhotoDraft(
            alternative=sample.alternative,
            caption=sample.caption,
            credit=material.CREDIT,
            recognisable=Recognisable.NOBODY,
            version=photo.version,
        )
        photos.describe_photo(workshop.id, photo.id, draft, by=by, now=OVER)


def assess(workshop: Workshop) -> None:
    """Staff say what became of the objectives and what it adds to the project's targets."""
    staff = demo_actor("staff")
    indicators = outcomes.set_indicators(
        workshop.project_id, material.INDICATORS, version=0, by=staff, now=OVER
    ).indicators
    draft = SheetDraft(
        outcomes=tuple(
            OutcomeDraft(objective.id, Achievement.ACHIEVED, evidence)
            for objective, evidence in zip(workshop.objectives, material.EVIDENCE, strict=True)
        ),
        difficulties=material.DIFFICULTIES,
        recommendations=material.RECOMMENDATIONS,
        contributions={indicators[-1].id: material.PROCEDURES_DOCUMENTED},
    )
    outcomes.assess_workshop(workshop.id, draft, by=staff, now=OVER)


def write_report(workshop_id: int) -> None:
    """Staff send the draft as it is, an editor approves and publishes it."""
    staff, editor = demo_actor("staff"), demo_actor("editor")
    report = reports.submit_report(workshop_id, version=0, by=staff, now=REPORTED)
    remark = reports.comment(workshop_id, REMARK, section_key="outlook", by=editor, now=REPORTED)
    reports.resolve_comment(workshop_id, remark.id, is_resolved=True, by=staff, now=REPORTED)
    reports.approve_report(workshop_id, version=report.version, by=editor, now=REPORTED)
    news.publish_report(workshop_id, dated=DATED, by=editor, now=REPORTED)
    run_due_jobs(500)


def announce_next(project_id: int) -> None:
    """A workshop that is still to come, so that a newcomer can register for one."""
    organiser = demo_actor("organiser")
    now = datetime.now(UTC)
    workshop = workshops.register_workshop(following(project_id, now), by=organiser, now=now)
    workshops.change_status(workshop.id, Status.OPEN, by=organiser, now=now)


def following(project_id: int, now: datetime) -> WorkshopDraft:
    """The second workshop: the first one's frame, four weeks from now."""
    first = story.workshop(project_id)
    day = (now + timedelta(weeks=4)).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    shift = day - first.starts_at.replace(hour=0, minute=0)
    return replace(
        first,
        title=story.SECOND_TITLE,
        starts_at=first.starts_at + shift,
        ends_at=first.ends_at + shift,
        sessions=tuple(
            replace(item, starts_at=item.starts_at + shift, ends_at=item.ends_at + shift)
            for item in first.sessions
        ),
    )
