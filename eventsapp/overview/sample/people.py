"""The sample's participants, all invented, and what the feedback form got from them."""

from dataclasses import dataclass

from eventsapp.people.types import PersonDraft, Sex
from eventsapp.workshops.types import Mode

F, M, U = Sex.FEMALE, Sex.MALE, Sex.UNDISCLOSED
ROOM, CALL = Mode.IN_PERSON, Mode.ONLINE

FOREIGN, INTERIOR, LABOUR, PLANNING, COAST = (
    "Ministry of Foreign Affairs",
    "Ministry of Interior",
    "Ministry of Labour",
    "Ministry of Planning",
    "Coast Guard",
)


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """``is_focal_point`` tells the group, ``came`` whether evidence of attendance exists."""

    name: str
    mail: str
    sex: Sex
    institution: str
    function: str
    mode: Mode
    language: str = "ar"
    is_focal_point: bool = False
    came: bool = True

    @property
    def draft(self) -> PersonDraft:
        return PersonDraft(
            name=self.name,
            email=f"{self.mail}@gov.demo.example",
            language=self.language,
            sex=self.sex,
            institution=self.institution,
            function=self.function,
            country_code="LY",
        )


PEOPLE = (
    SamplePerson(
        "Salma Zentani",
        "s.zentani",
        F,
        FOREIGN,
        "Focal point for the Rabat Process",
        ROOM,
        "en",
        is_focal_point=True,
    ),
    SamplePerson(
        "Idris Alwaer",
        "i.alwaer",
        M,
        FOREIGN,
        "Focal point for the Khartoum Process",
        ROOM,
        "en",
        is_focal_point=True,
    ),
    SamplePerson("Nuri Ghariani", "n.ghariani", M, FOREIGN, "Adviser", ROOM),
    SamplePerson("Amal Sherif", "a.sherif", F, FOREIGN, "Desk officer", ROOM),
    SamplePerson("Tareq Bouzid", "t.bouzid", M, INTERIOR, "Head of unit", ROOM),
    SamplePerson("Huda Maqrif", "h.maqrif", F, INTERIOR, "Legal officer", ROOM, "fr"),
    SamplePerson("Walid Fezzani", "w.fezzani", M, INTERIOR, "Analyst", ROOM),
    SamplePerson("Rima Tajouri", "r.tajouri", F, INTERIOR, "Liaison officer", ROOM),
    SamplePerson("Anwar Misrati", "a.misrati", M, LABOUR, "Director", ROOM),
    SamplePerson("Lubna Sabri", "l.sabri", F, LABOUR, "Adviser", ROOM),
    SamplePerson("Faraj Obeidi", "f.obeidi", M, LABOUR, "Inspector", ROOM),
    SamplePerson("Samia Warfalli", "s.warfalli", F, PLANNING, "Statistician", ROOM),
    SamplePerson("Jamal Senussi", "j.senussi", M, PLANNING, "Planner", ROOM),
    SamplePerson("Nada Khoms", "n.khoms", F, PLANNING, "Economist", ROOM),
    SamplePerson("Osama Zliten", "o.zliten", M, COAST, "Captain", ROOM),
    SamplePerson("Basma Garyan", "b.garyan", F, COAST, "Training officer", ROOM),
    SamplePerson("Hatem Jadu", "h.jadu", M, COAST, "Liaison officer", ROOM),
    SamplePerson("Wafa Nalut", "w.nalut", F, FOREIGN, "Desk officer", ROOM),
    SamplePerson("Rashid Yefren", "r.yefren", M, FOREIGN, "Attaché", CALL),
    SamplePerson("Iman Derna", "i.derna", F, INTERIOR, "Analyst", CALL),
    SamplePerson("Sami Tobruk", "s.tobruk", M, LABOUR, "Adviser", CALL),
    SamplePerson("Ghada Sirte", "g.sirte", F, PLANNING, "Statistician", CALL, "fr"),
    SamplePerson("Munir Brega", "m.brega", M, COAST, "Analyst", CALL),
    SamplePerson("Laila Ajdabi", "l.ajdabi", F, LABOUR, "Legal officer", CALL),
    SamplePerson("Adel Sabha", "a.sabha", M, PLANNING, "Planner", ROOM, came=False),
    SamplePerson("Nisrin Ubari", "n.ubari", U, INTERIOR, "Officer", CALL, came=False),
)

# What its author agreed to have quoted, and as whose.
QUOTABLE = {"Meeting the secretariats in person and online was worth the trip.": "An official"}

# Answers by people who came: usefulness and knowledge from 1 to 5, how they took part, a comment.
# The online group of four is smaller than any that may be shown, and must be suppressed.
ANSWERS: tuple[tuple[int, int, str, str], ...] = (
    (5, 5, "in_person", "The two processes are much clearer to me now."),
    (5, 4, "in_person", ""),
    (5, 5, "in_person", "Meeting the secretariats in person and online was worth the trip."),
    (4, 4, "in_person", ""),
    (5, 5, "in_person", ""),
    (5, 4, "in_person", "More time for questions next time, please."),
    (4, 5, "in_person", ""),
    (5, 5, "in_person", ""),
    (5, 4, "in_person", ""),
    (4, 4, "in_person", ""),
    (5, 5, "in_person", ""),
    (5, 5, "in_person", "Please share the slides in Arabic."),
    (5, 4, "online", ""),
    (4, 3, "online", "The sound dropped twice on the second day."),
    (5, 5, "online", ""),
    (3, 4, "online", ""),
)
