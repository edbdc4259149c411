"""Who may do what to a report, and when; and what its prose may state."""

import re
from collections.abc import Iterable, Mapping

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.reports import claims
from eventsapp.reports.models import Report
from eventsapp.reports.section import Section
from eventsapp.reports.types import Fact, Outline, ReportStatus
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import may_manage

# A year says when, not how many; everything else in digits is a figure.
_NUMBER = re.compile(r"(?<![\w{.])\d[\d.,\u00a0\u202f]*\d|(?<![\w{.])\d(?!\w)")
_NOT_PROSE = re.compile(r"\{[^{}]*\}|\]\([^)]*\)|<[^>\s]*>|^\s*\d+[.)]\s", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")
LONGEST_SENTENCE = 120
_YEAR = re.compile(r"(?:19|20)\d\d")


class AuthorCannotApprove(Forbidden):
    message = N_("Somebody else has to approve what you wrote.")


class WrongState(Refused):
    message = N_("This is not possible for a report in this state.")


class WrittenElsewhere(Refused):
    message = N_("You are writing this text in another window, too.")


class UnknownReference(Invalid):
    message = N_("There is no fact called {%(reference)s}.")


class FactNotPublic(Invalid):
    message = N_("{%(reference)s} is for the donor's edition only; prose is shared by both.")


class FactWithheld(Invalid):
    message = N_("{%(reference)s} rests on too few answers to be published.")


class NotTranslated(Refused):
    message = N_("Some texts are missing in every language of the report: %(what)s.")


class UnsupportedClaim(Invalid):
    message = N_("The answers do not bear out “%(words)s”.")


class NothingToIssue(Invalid):
    message = N_("Choose an edition and at least one of the report’s languages.")


class OutlineUnknown(Invalid):
    message = N_("The sections do not fit together. Open this page anew and arrange them again.")


class NoReviewer(Refused):
    message = N_("They cannot review it: only an editor who wrote none of it can.")


class CommentMissing(Invalid):
    message = N_("Write what you want to say.")
    field = "text"


class ReasonMissing(Invalid):
    message = N_("Say why, so that the author knows what to change.")
    field = "text"


def check_may_write(*, by: Actor) -> None:
    if not by.has(Role.STAFF, Role.EDITOR):
        raise Forbidden


def check_may_see(workshop: Workshop, *, by: Actor) -> None:
    """Those who write reports, and who runs the workshop: drafts name people."""
    if not by.has(Role.STAFF, Role.EDITOR) and not may_manage(workshop, by=by):
        raise Forbidden


def authors_of(report: Report) -> frozenset[int]:
    """Everybody whose words are in it, and who sent it for review."""
    writers = {text.edited_by for text in report.texts} | {report.author_id}
    return frozenset(writer for writer in writers if writer is not None)


def check_may_approve(report: Report, *, by: Actor) -> None:
    """An editor, and nobody who wrote any of it."""
    if not by.has(Role.EDITOR):
        raise Forbidden
    if by.id in authors_of(report):
        raise AuthorCannotApprove


def check_state(report: Report, *allowed: ReportStatus) -> None:
    if report.status not in allowed:
        raise WrongState


def check_outline(outline: Outline, sections: Mapping[str, Section]) -> None:
    """Every section has one place; those that have to be there are, and the first one is first."""
    if sorted(place.key for place in outline) != sorted(sections):
        raise OutlineUnknown
    if not sections[outline[0].key].is_first:
        raise OutlineUnknown
    gone = [
        place.key for place in outline if not place.is_shown and sections[place.key].is_required
    ]
    if gone:
        raise OutlineUnknown


def check_references(facts: Mapping[str, Fact], used: Iterable[str], *, field: str) -> None:
    """Raise for the first reference that no edition, or not every edition, could print."""
    for reference in used:
        fact = facts.get(reference[:1].lower() + reference[1:])
        if fact is None:
            raise UnknownReference(field=field, reference=reference)
        if not fact.public:
            raise FactNotPublic(field=field, reference=reference)
        if fact.withheld:
            raise FactWithheld(field=field, reference=reference)


def check_claims(facts: Mapping[str, Fact], prose: str, lang: str, *, field: str) -> None:
    """Raise UnsupportedClaim for words that the answers do not bear out."""
    level = facts.get("feedback.usefulness_level")
    words = claims.find_unsupported(prose, lang, level.value if level else None)
    if words:
        raise UnsupportedClaim(field=field, words=words)


def typed_numbers(prose: str) -> list[tuple[str, str]]:
    """Figures that somebody typed where a reference to a fact belongs, each with its sentence."""
    found: dict[str, str] = {}
    masked = _NOT_PROSE.sub(lambda match: " " * len(match[0]), prose)
    for match in _NUMBER.finditer(masked):
        number = match[0].strip(".,\u00a0\u202f")
        if not _YEAR.fullmatch(number):
            found.setdefault(number, _sentence_at(prose, match.start()))
    return list(found.items())


def _sentence_at(prose: str, place: int) -> str:
    """The sentence around this place, on one line, cut where it is long."""
    begins = max((end.end() for end in _SENTENCE_END.finditer(prose, 0, place)), default=0)
    ends = _SENTENCE_END.search(prose, place)
    sentence = " ".join(prose[begins : ends.start() if ends else None].split())
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[:LONGEST_SENTENCE]}…"
