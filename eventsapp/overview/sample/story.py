"""What the sample says: organisation, donors, project and workshop, in three languages."""

from datetime import datetime

from eventsapp.core.texts import Texts
from eventsapp.projects.types import (
    DonorDraft,
    OrganisationDraft,
    ProjectDraft,
    RepresentativeDraft,
)
from eventsapp.workshops.types import (
    Format,
    GroupDraft,
    MemberDraft,
    Mode,
    SessionDraft,
    TeamDraft,
    WorkshopDraft,
)

ORGANISATION = OrganisationDraft(
    name=Texts.of(
        en="International Centre for Migration Policy Development",
        fr="Centre international pour le développement des politiques migratoires",
        ar="المركز الدولي لتطوير سياسات الهجرة",
    ),
    acronym="ICMPD",
    url="https://www.icmpd.org/",
)

EUROPEAN_UNION = DonorDraft(
    name=Texts.of(en="European Union", fr="Union européenne", ar="الاتحاد الأوروبي"),
    acronym="EU",
    emblem="european-union.svg",
    statement=Texts.of(
        en="Co-funded by the European Union",
        fr="Cofinancé par l’Union européenne",
        ar="بتمويل مشترك من الاتحاد الأوروبي",
    ),
)

SWITZERLAND = DonorDraft(
    name=Texts.of(en="Swiss Confederation", fr="Confédération suisse", ar="الاتحاد السويسري"),
    statement=Texts.of(
        en="Co-funded by the Swiss Confederation",
        fr="Cofinancé par la Confédération suisse",
        ar="بتمويل مشترك من الاتحاد السويسري",
    ),
    represented_by=(
        RepresentativeDraft(
            name=Texts.of(
                en="State Secretariat for Migration",
                fr="Secrétariat d’État aux migrations",
                ar="أمانة الدولة للهجرة",
            ),
            acronym="SEM",
            acting_through=Texts.of(en="the", fr="le"),
        ),
        RepresentativeDraft(
            name=Texts.of(
                en="Peace and Human Rights Division",
                fr="Division Paix et droits de l’homme",
                ar="شعبة السلام وحقوق الإنسان",
            ),
            acronym="PHRD",
            acting_through=Texts.of(
                en="the Federal Department of Foreign Affairs acting through its",
                fr="le Département fédéral des affaires étrangères agissant par sa",
                ar="وزارة الخارجية الاتحادية من خلال",
            ),
        ),
    ),
)


def project(organisation_id: int, donor_ids: tuple[int, ...]) -> ProjectDraft:
    return ProjectDraft(
        acronym="LIBMITAF",
        name=Texts.of(
            en="Libya’s Migration Technical Assistance Facility",
            fr="Facilité d’assistance technique de la Libye en matière de migration",
            ar="مرفق المساعدة التقنية في مجال الهجرة في ليبيا",
        ),
        organisation_id=organisation_id,
        donor_ids=donor_ids,
        summary=Texts.of(
            en="Technical assistance to Libyan institutions that work on migration.",
            fr="Une assistance technique aux institutions libyennes chargées de la migration.",
            ar="مساعدة تقنية للمؤسسات الليبية العاملة في مجال الهجرة.",
        ),
        background=Texts.of(
            en="ICMPD has supported the participation of Libyan delegations in regional and "
            "international migration dialogues since 2017. Such dialogues let countries engage, "
            "network and coordinate with their partners.",
            fr="Depuis 2017, l’ICMPD soutient la participation de délégations libyennes aux "
            "dialogues régionaux et internationaux sur la migration. Ces dialogues permettent aux "
            "pays d’échanger, de nouer des contacts et de se coordonner avec leurs partenaires.",
            ar="يدعم المركز الدولي لتطوير سياسات الهجرة (ICMPD) منذ عام 2017 مشاركة الوفود الليبية "
            "في حوارات الهجرة الإقليمية والدولية. وتتيح هذه الحوارات للدول التواصل وبناء العلاقات "
            "والتنسيق مع شركائها.",
        ),
        disclaimer=Texts.of(
            en="This publication is a demonstration. Its contents do not necessarily reflect the "
            "views of the European Union or of the Swiss Confederation.",
            fr="Cette publication est une démonstration. Son contenu ne reflète pas nécessairement "
            "les vues de l’Union européenne ou de la Confédération suisse.",
            ar="هذا المنشور للعرض التوضيحي. ولا يعكس محتواه بالضرورة آراء الاتحاد الأوروبي أو "
            "الاتحاد السويسري.",
        ),
        url="https://www.icmpd.org/our-work/projects/libmitaf",
    )


TITLE = Texts.of(
    en="Introductory workshop for the new focal points of the State of Libya for the Rabat Process "
    "and the Khartoum Process",
    fr="Atelier d’introduction pour les nouveaux points focaux de l’État de Libye auprès du "
    "Processus de Rabat et du Processus de Khartoum",
    ar="ورشة عمل تمهيدية لمنسقي الاتصال الجدد لدولة ليبيا في عملية الرباط وعملية الخرطوم",
)

RATIONALE = Texts.of(
    en="Two focal points were newly appointed by the State of Libya, one for the Rabat Process and "
    "one for the Khartoum Process.",
    fr="L’État de Libye venait de nommer deux points focaux, l’un pour le Processus de Rabat et "
    "l’autre pour le Processus de Khartoum.",
    ar="عيّنت دولة ليبيا حديثًا منسقَي اتصال اثنين، أحدهما لعملية الرباط والآخر لعملية الخرطوم.",
)

OBJECTIVES = (
    Texts.of(
        en="Give a full briefing on how the two dialogues work in general, the follow-up to the "
        "Joint Valletta Action Plan (JVAP) included.",
        fr="Présenter de façon complète le fonctionnement général des deux dialogues, y compris le "
        "suivi du Plan d’action conjoint de La Valette (JVAP).",
        ar="تقديم إحاطة كاملة عن آلية عمل الحوارين بوجه عام، بما في ذلك متابعة خطة عمل فاليتا "
        "المشتركة (JVAP).",
    ),
    Texts.of(
        en="Offer a chance to go deeper into the objectives and procedures of the dialogues and to "
        "exchange with their secretariats.",
        fr="Offrir l’occasion d’approfondir les objectifs et les procédures des dialogues et "
        "d’échanger avec leurs secrétariats.",
        ar="إتاحة الفرصة للتعمق في أهداف الحوارين وإجراءاتهما وتبادل الآراء مع أمانتيهما.",
    ),
)

TOPICS = (
    Texts.of(en="Migration dialogues", fr="Dialogues sur la migration", ar="حوارات الهجرة"),
    Texts.of(
        en="International cooperation",
        fr="Coopération internationale",
        ar="التعاون الدولي",
    ),
)

OUTLOOK = Texts.of(
    en="ICMPD will continue to support Libya’s participation in the meetings of both dialogues.",
    fr="L’ICMPD continuera de soutenir la participation de la Libye aux réunions des deux "
    "dialogues.",
    ar="سيواصل المركز دعم مشاركة ليبيا في اجتماعات الحوارين.",
)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 2, day, hour, minute)  # noqa: DTZ001 - wall-clock time by contract


SESSIONS = (
    SessionDraft(
        Texts.of(
            en="Opening, and how migration dialogues work",
            fr="Ouverture et fonctionnement des dialogues sur la migration",
            ar="الافتتاح وكيف تعمل حوارات الهجرة",
        ),
        _at(8, 9, 30),
        _at(8, 11),
        "Room A",
    ),
    SessionDraft(
        Texts.of(
            en="The Rabat Process and the Khartoum Process: objectives and procedures",
            fr="Le Processus de Rabat et le Processus de Khartoum : objectifs et procédures",
            ar="عملية الرباط وعملية الخرطوم: الأهداف والإجراءات",
        ),
        _at(8, 11, 30),
        _at(8, 13, 30),
        "Room A",
    ),
    SessionDraft(
        Texts.of(
            en="Following up the Joint Valletta Action Plan",
            fr="Le suivi du Plan d’action conjoint de La Valette",
            ar="متابعة خطة عمل فاليتا المشتركة",
        ),
        _at(9, 9, 30),
        _at(9, 11),
        "Room A",
    ),
    SessionDraft(
        Texts.of(
            en="Exchange with the secretariats and next steps",
            fr="Échange avec les secrétariats et prochaines étapes",
            ar="تبادل الآراء مع الأمانتين والخطوات المقبلة",
        ),
        _at(9, 11, 30),
        _at(9, 13),
        "Room A",
    ),
)

TEAMS = (
    TeamDraft(
        Texts.of(
            en="Rabat Process Secretariat",
            fr="Secrétariat du Processus de Rabat",
            ar="أمانة عملية الرباط",
        ),
        (
            MemberDraft("Clara Vasseur", Mode.ONLINE, "Head of Secretariat"),
            MemberDraft("Tomas Lindqvist", Mode.ONLINE, "Project Officer"),
        ),
    ),
    TeamDraft(
        Texts.of(
            en="Khartoum Process Secretariat",
            fr="Secrétariat du Processus de Khartoum",
            ar="أمانة عملية الخرطوم",
        ),
        (
            MemberDraft("Selam Haile", Mode.ONLINE, "Head of Secretariat"),
            MemberDraft("Pietro Galli", Mode.IN_PERSON, "Project Officer"),
        ),
    ),
    TeamDraft(
        Texts.of(
            en="JVAP Follow-up team",
            fr="Équipe de suivi du JVAP",
            ar="فريق متابعة خطة عمل فاليتا المشتركة (JVAP)",
        ),
        (MemberDraft("Marta Olsen", Mode.ONLINE, "Analyst"),),
    ),
    TeamDraft(
        Texts.of(en="LIBMITAF team", fr="Équipe de LIBMITAF", ar="فريق مشروع LIBMITAF"),
        (
            MemberDraft("Hana Benali", Mode.IN_PERSON, "Project Manager"),
            MemberDraft("Yusuf Karaman", Mode.IN_PERSON, "Project Officer"),
        ),
    ),
)

FOCAL_POINTS, OFFICIALS = 0, 1
GROUPS = (
    GroupDraft(
        Texts.of(
            en="newly appointed focal points",
            fr="points focaux nouvellement nommés",
            ar="منسقو الاتصال المعيّنون حديثًا",
        )
    ),
    GroupDraft(Texts.of(en="Libyan officials", fr="fonctionnaires libyens", ar="مسؤولون ليبيون")),
)


def workshop(project_id: int) -> WorkshopDraft:
    return WorkshopDraft(
        project_id=project_id,
        title=TITLE,
        starts_at=_at(8, 9, 30),
        ends_at=_at(9, 13),
        timezone="Africa/Tripoli",
        format=Format.HYBRID,
        seats_in_person=20,
        seats_online=20,
        venue="Conference hall",
        city=Texts.of(en="Tripoli", fr="Tripoli", ar="طرابلس"),
        country_code="LY",
        join_link="https://video.demo.example/j/libmitaf-2022",
        rationale=RATIONALE,
        objectives=OBJECTIVES,
        outlook=OUTLOOK,
        sessions=SESSIONS,
        teams=TEAMS,
        groups=GROUPS,
        languages=("en", "fr", "ar"),
        is_demonstration=True,
    )


SECOND_TITLE = Texts.of(
    en="Follow-up workshop: preparing for the next dialogue meetings",
    fr="Atelier de suivi : préparer les prochaines réunions des dialogues",
    ar="ورشة متابعة: التحضير لاجتماعات الحوار المقبلة",
)
