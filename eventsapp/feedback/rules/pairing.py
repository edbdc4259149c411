"""Before and after: how far each person's answers moved, without knowing whose they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.feedback.rules.counting import pieces_of
from eventsapp.feedback.types import AFTER, BEFORE, PAIR, Access
from eventsapp.questions.question_type import Piece
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Question

Payload = Mapping[str, Any]
PARTNER = {BEFORE: AFTER, AFTER: BEFORE}


@dataclass(frozen=True, slots=True)
class Change:
    """How far answers to one question moved, in points of its scale.

    ``n`` people answered it in both forms; ``before_n`` and ``after_n`` answered it in each.
    ``moves`` says how many moved how far, unmoved ones included.
    """

    key: str
    text: Texts
    n: int
    before_n: int
    after_n: int
    moves: tuple[tuple[int, int], ...] = ()
    is_suppressed: bool = False

    @property
    def mean(self) -> float | None:
        return sum(move * count for move, count in self.moves) / self.n if self.n else None

    def shown(self, *, smallest: int) -> "Change":
        """Without its figures where few stand behind them, or behind what they leave over.

        Both forms' own results are known, so the change gives those away who answered one of
        them only, unless nobody did, or enough.
        """
        alone = (self.before_n - self.n, self.after_n - self.n)
        if self.n >= smallest and all(count == 0 or count >= smallest for count in alone):
            return self
        return Change(self.key, self.text, n=0, before_n=0, after_n=0, is_suppressed=True)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "text": self.text.to_json(),
            "n": self.n,
            "before_n": self.before_n,
            "after_n": self.after_n,
            "moves": [list(move) for move in self.moves],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Change":
        moves = tuple((move, count) for move, count in value["moves"])
        return cls(**{**value, "text": Texts.from_json(value["text"]), "moves": moves})


def is_paired(purpose: str, access: str) -> bool:
    """A code for everybody tells nobody apart, so there is nothing to pair by."""
    return purpose in PARTNER and access != Access.OPEN


def changes(
    asked: Sequence[Question], before: Sequence[Payload], after: Sequence[Payload]
) -> tuple[Change, ...]:
    """How far answers moved to each question on a scale that both forms ask alike."""
    earlier = {payload[PAIR]: payload for payload in before if PAIR in payload}
    later = {payload[PAIR]: payload for payload in after if PAIR in payload}
    found = []
    for piece in pieces_of(asked):
        if type_of(piece.question).is_scale:
            at_first, at_last = _points(piece, before), _points(piece, after)
            if at_first and at_last:
                found.append(_change(piece, earlier, later, len(at_first), len(at_last)))
    return tuple(found)


def _change(
    piece: Piece,
    earlier: Mapping[str, Payload],
    later: Mapping[str, Payload],
    before_n: int,
    after_n: int,
) -> Change:
    moves: Counter[int] = Counter()
    for key in earlier.keys() & later.keys():
        first, last = _points(piece, [earlier[key]]), _points(piece, [later[key]])
        if first and last:
            moves[last[0] - first[0]] += 1
    return Change(
        key=piece.question.key,
        text=piece.question.text,
        n=moves.total(),
        before_n=before_n,
        after_n=after_n,
        moves=tuple(sorted(moves.items())),
    )


def _points(piece: Piece, payloads: Sequence[Payload]) -> list[int]:
    chosen = type_of(piece.question).chosen
    answers = [
        piece.pick(payload["answers"][piece.asked])
        for payload in payloads
        if piece.asked in payload["answers"]
    ]
    return [int(key) for answer in answers if answer is not None for key in chosen(answer)]
