"""The words of feedback, and its results as other capabilities receive them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from eventsapp.core.texts import Texts


class Access(StrEnum):
    """How the right to answer is handed out; fixed before the first invitation."""

    CARDS = "cards"
    PERSONAL = "personal"
    OPEN = "open"


class FormStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Late(StrEnum):
    """What becomes of answers that come after a form was closed."""

    REFUSE = "refuse"
    HOLD = "hold"


class ReminderKind(StrEnum):
    """What set a round of reminders off."""

    AFTER = "after"
    BEFORE = "before"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When those who have not answered are reminded by themselves, in whole days.

    ``after`` counts from the day on which mails went out last, ``before`` back from the last day
    for answers; None for never. ``most`` is how many reminders a person gets at most, those that
    an organiser sends by hand among them.
    """

    after: int | None = None
    before: int | None = None
    most: int = 2


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """When a draft opens by itself: on a day, or so many months after the workshop's last day.

    ``days`` is how long it stays open; None until it is closed by hand.
    """

    on: date | None = None
    months_after: int | None = None
    days: int | None = None
    late: Late = Late.REFUSE


class Receipt(StrEnum):
    """What became of answers that were sent."""

    RECEIVED = "received"
    RECEIVED_BEFORE = "received_before"
    # After closing: kept apart until so many wait that they can be mixed.
    RECEIVED_LATE = "received_late"


@dataclass(frozen=True, slots=True)
class Submission:
    """Answers as somebody sent them: the typed code, the version they saw, data by question.

    ``retry_key`` is random, made where the form was filled in, and the same in every repeat.
    ``answers`` may be a function that reads them, given the version's questions as stored.
    """

    code: str
    version_id: int
    lang: str
    answers: Mapping[str, Any] | Callable[[str], Mapping[str, Any]]
    retry_key: str

    def answers_to(self, questions: str) -> Mapping[str, Any]:
        return self.answers(questions) if callable(self.answers) else self.answers


class MoreToAsk(Exception):
    """Answers brought up questions that the page, without scripts, did not show."""


# Nobody wants a mail at midnight, when a day begins: what the clock sends goes out from here on.
FIRST_HOUR = 8
# Mixed by no command in smaller batches while the form is open.
SMALLEST_BATCH = 10
# Results of fewer answers are not shown (inside) or not published.
SMALLEST_SHOWN = 5
SMALLEST_PUBLISHED = 10

# Questions of the form templates that reports know by name.
USEFULNESS, KNOWLEDGE, MODE, COMMENT = "usefulness", "knowledge", "mode", "comment"
# Forms whose answers are paired, and what a mixed answer carries until they are.
BEFORE, AFTER, PAIR = "before", "after", "pair"
# Where the summary of what changed is kept.
CHANGE = "_change"
# A grouping that is no question; a question's key begins with a letter.
LANGUAGE = "_language"

Distribution = tuple[tuple[str, Texts, int], ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What came of one question.

    ``n`` counts the answers to this question. ``distribution`` gives (option key, label, count)
    in the order asked, zeros included; for a scale the keys are its points, "1" the lowest.
    ``share_positive`` is between 0 and 1: above the middle of a scale, or yes. When suppressed,
    ``n`` is 0 and everything else empty.
    """

    key: str
    type_key: str
    text: Texts
    n: int
    distribution: Distribution = ()
    mean: float | None = None
    share_positive: float | None = None
    is_suppressed: bool = False

    def suppressed(self) -> "QuestionResult":
        """The same question without its figures."""
        return QuestionResult(self.key, self.type_key, self.text, n=0, is_suppressed=True)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "type": self.type_key,
            "text": self.text.to_json(),
            "n": self.n,
            "distribution": [[key, label.to_json(), n] for key, label, n in self.distribution],
            "mean": self.mean,
            "share_positive": self.share_positive,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "QuestionResult":
        return cls(
            key=value["key"],
            type_key=value["type"],
            text=Texts.from_json(value["text"]),
            n=value["n"],
            distribution=tuple(
                (key, Texts.from_json(label), n) for key, label, n in value["distribution"]
            ),
            mean=value["mean"],
            share_positive=value["share_positive"],
        )


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One question's result within a group, such as those who took part online."""

    key: str
    label: Texts
    result: QuestionResult


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A question's results by the answers to another; small groups, and those that would give
    them away by subtraction, are suppressed."""

    of_key: str
    by_key: str
    by_text: Texts
    groups: tuple[GroupResult, ...]

    @property
    def shown(self) -> tuple[GroupResult, ...]:
        return tuple(group for group in self.groups if not group.result.is_suppressed)

    @property
    def hidden(self) -> tuple[GroupResult, ...]:
        return tuple(group for group in self.groups if group.result.is_suppressed)


@dataclass(frozen=True, slots=True)
class ConsentedQuote:
    """A text whose author agreed to be quoted; ``attribution`` is as they wrote it, or empty.

    ``ref`` leads to it among the quotes, and to nothing else that its author said.
    """

    text: str
    lang: str
    attribution: str
    ref: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class WithdrawnQuote:
    """A text that may no longer be quoted, and the workshop whose report may have quoted it."""

    workshop_id: int
    text: str


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """Everything a report may say of a workshop's feedback.

    ``n`` counts mixed answers, ``waiting`` those that are not yet mixed; ``handed_out`` counts
    rights to answer, ``attended`` the persons with evidence of attendance, who are the base of
    ``response_rate`` (None where nobody is known to have attended, or answers outnumber them).
    """

    n: int
    waiting: int
    handed_out: int
    attended: int
    response_rate: float | None
    is_closed: bool
    questions: tuple[QuestionResult, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    quotes: tuple[ConsentedQuote, ...] = ()

    @property
    def may_be_published(self) -> bool:
        """Published figures are of a closed form, so that two editions cannot be subtracted."""
        return self.is_closed and self.n >= SMALLEST_PUBLISHED

    def question(self, key: str) -> QuestionResult | None:
        """The result of the question called ``key``, unless it is missing or suppressed."""
        found = next((result for result in self.questions if result.key == key), None)
        return None if found is None or found.is_suppressed else found
