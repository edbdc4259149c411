"""People who sign in, a project and a workshop, ready for a test to change."""

import itertools
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient

from eventsapp.accounts import passwords
from eventsapp.accounts import service as accounts
from eventsapp.accounts.models import User
from eventsapp.accounts.types import UserDraft
from eventsapp.core.actor import SYSTEM, Actor, Role
from eventsapp.core.texts import Texts
from eventsapp.projects import service as projects
from eventsapp.projects.models import Project
from eventsapp.projects.types import (
    DonorDraft,
    OrganisationDraft,
    ProjectDraft,
    RepresentativeDraft,
)
from eventsapp.workshops import service
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import (
    Format,
    GroupDraft,
    MemberDraft,
    Mode,
    SessionDraft,
    Status,
    TeamDraft,
    WorkshopDraft,
)

NOW = datetime(2022, 1, 10, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_user(*roles: Role, email: str = "", name: str = "Nadia Ferrand") -> User:
    """Somebody who can sign in by ``sign_in``; without a password, which would cost time."""
    mail = email or f"user{next(_numbers)}@organisation.example"
    draft = UserDraft(email=mail, name=name, roles=frozenset(roles or (Role.ORGANISER,)))
    return accounts.create_user(draft, by=SYSTEM, now=NOW)


def actor_of(user: User) -> Actor:
    return accounts.actor_of(user)


def make_actor(*roles: Role) -> Actor:
    return actor_of(make_user(*roles))


def sign_in(client: FlaskClient, *roles: Role, user: User | None = None) -> User:
    """Make the client's next requests those of this user, or of a new one with the roles."""
    user = user or make_user(*roles)
    now = datetime.now(UTC)
    key = secrets.token_urlsafe(32)
    accounts.begin_session(user, passwords.hash_key(key), now=now)
    with client.session_transaction() as session:
        session.update(
            {
                "_user_id": user.fs_uniquifier,
                "_fresh": True,
                "sign_in": key,
                "seen": int(now.timestamp()),
                "fs_paa": now.timestamp(),
                "fs_cc": "set",
            }
        )
    return user


def make_project(acronym: str = "", **changes: Any) -> Project:
    organisation = projects.register_organisation(
        OrganisationDraft(
            Texts.of(
                en="International Centre for Migration Policy Development",
                fr="Centre international pour le développement des politiques migratoires",
                ar="المركز الدولي لتطوير سياسات الهجرة",
            ),
            "ICMPD",
        ),
        by=SYSTEM,
        now=NOW,
    )
    donor = projects.register_donor(
        DonorDraft(
            name=Texts.of(
                en="Swiss Confederation", fr="Confédération suisse", ar="الاتحاد السويسري"
            ),
            statement=Texts.of(
                en="Co-funded by the Swiss Confederation",
                fr="Cofinancé par la Confédération suisse",
                ar="بتمويل مشترك من الاتحاد السويسري",
            ),
            represented_by=(
                RepresentativeDraft(
                    Texts.of(
                        en="State Secretariat for Migration",
                        fr="Secrétariat d’État aux migrations",
                        ar="أمانة الدولة للهجرة",
                    ),
                    "SEM",
                ),
            ),
        ),
        by=SYSTEM,
        now=NOW,
    )
    draft = ProjectDraft(
        acronym=acronym or f"PROJECT{next(_numbers)}",
        name=Texts.of(
            en="Libya’s Migration Technical Assistance Facility",
            fr="Facilité d’assistance technique de la Libye en matière de migration",
            ar="مرفق المساعدة التقنية في مجال الهجرة في ليبيا",
        ),
        organisation_id=organisation.id,
        donor_ids=(donor.id,),
        background=Texts.of(
            en="Support for dialogues since 2017.",
            fr="Un soutien aux dialogues depuis 2017.",
            ar="دعم الحوارات منذ عام 2017.",
        ),
    )
    return projects.register_project(replace(draft, **changes), by=SYSTEM, now=NOW)


def workshop_draft(project_id: int, **changes: Any) -> WorkshopDraft:
    draft = WorkshopDraft(
        project_id=project_id,
        title=Texts.of(en="Introductory workshop", fr="Atelier d’introduction", ar="ورشة تمهيدية"),
        starts_at=datetime(2022, 2, 8, 9, 0),  # noqa: DTZ001 - wall-clock time by contract
        ends_at=datetime(2022, 2, 9, 16, 0),  # noqa: DTZ001
        timezone="Africa/Tripoli",
        format=Format.HYBRID,
        seats_in_person=20,
        seats_online=30,
        venue="Conference hall",
        city=Texts.of(en="Tripoli", fr="Tripoli", ar="طرابلس"),
        country_code="LY",
        join_link="https://video.example/join/secret-room",
        rationale=Texts.of(
            en="Two focal points were newly appointed.",
            fr="Deux points focaux venaient d’être nommés.",
            ar="عُيّن منسقا اتصال جديدان.",
        ),
        objectives=(Texts.of(en="A full briefing.", fr="Un exposé complet.", ar="إحاطة كاملة."),),
        sessions=(
            SessionDraft(
                Texts.of(en="Opening", fr="Ouverture", ar="الافتتاح"),
                datetime(2022, 2, 8, 9, 0),  # noqa: DTZ001
                datetime(2022, 2, 8, 10, 0),  # noqa: DTZ001
            ),
        ),
        teams=(
            TeamDraft(
                Texts.of(
                    en="Rabat Process Secretariat",
                    fr="Secrétariat du Processus de Rabat",
                    ar="أمانة عملية الرباط",
                ),
                (
                    MemberDraft("Ines Marchetti", Mode.ONLINE),
                    MemberDraft("Karim Toumi", Mode.IN_PERSON),
                ),
            ),
        ),
        groups=(
            GroupDraft(
                Texts.of(en="Libyan officials", fr="fonctionnaires libyens", ar="مسؤولون ليبيون")
            ),
        ),
        languages=("en", "fr", "ar"),
    )
    return replace(draft, **changes)


def make_workshop(
    *,
    by: Actor | None = None,
    status: Status = Status.OPEN,
    project: Project | None = None,
    **changes: Any,
) -> Workshop:
    """A workshop of ``by`` (an organiser is made where none is given), in the wanted status."""
    by = by or make_actor(Role.ORGANISER)
    project = project or make_project()
    workshop = service.register_workshop(workshop_draft(project.id, **changes), by=by, now=NOW)
    for step in _way_to(status):
        at = workshop.ends_at if step == Status.HELD else NOW
        service.change_status(workshop.id, step, by=by, now=at)
    return workshop


def _way_to(status: Status) -> tuple[Status, ...]:
    return {
        Status.DRAFT: (),
        Status.ANNOUNCED: (Status.ANNOUNCED,),
        Status.OPEN: (Status.OPEN,),
        Status.CLOSED: (Status.OPEN, Status.CLOSED),
        Status.HELD: (Status.OPEN, Status.HELD),
    }[status]
