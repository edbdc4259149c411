"""Working papers: to sign, to cut out, to confirm something with, to fill in by pen."""

from dataclasses import dataclass

from eventsapp.documents.blocks.content import Pairs


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a working paper that needs no cover: a list to sign, a sheet of badges."""

    kicker: str
    title: str
    lines: Pairs = ()


@dataclass(frozen=True, slots=True)
class Badge:
    """What hangs around a neck; ``picture`` is the key of a QR code and ``alt`` says its code."""

    name: str
    institution: str
    role: str
    picture: str
    alt: str


@dataclass(frozen=True, slots=True)
class Badges:
    """Badges to be cut out, each under the workshop's ``title``."""

    title: str
    items: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """One page that confirms something to somebody; ``picture`` is the QR code of its proof."""

    kicker: str
    title: str
    name: str
    sentences: tuple[str, ...]
    picture: str
    alt: str
    proof: str


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question with room for its answer; ``number`` is empty for a heading between them.

    ``lines`` are empty lines, ``blank`` stands after a short one (a unit, or a space where there
    is none). ``boxes`` are ticked or numbered; where there are ``rows``, each row has all of them.
    """

    number: str
    text: str
    help: str = ""
    condition: str = ""
    instruction: str = ""
    lines: int = 0
    blank: str = ""
    boxes: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A form to fill in by pen. ``code`` is the right to answer: it is typed in with the answers,
    or used on a phone instead; ``picture`` is the QR code that opens the form there."""

    kicker: str
    title: str
    lines: Pairs
    promise: str
    picture: str
    alt: str
    code_words: str
    code: str
    items: tuple[PaperQuestion, ...]
    thanks: str
