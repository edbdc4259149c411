"""Points of a scale: numbered from 1, the lowest first, each with words of its own."""

from eventsapp.core.texts import Texts
from eventsapp.questions.types import Option


def points(*labels: Texts) -> tuple[Option, ...]:
    """The points of a scale, from the lowest."""
    return tuple(Option(str(n + 1), label) for n, label in enumerate(labels))


AGREE = points(
    Texts.of(en="Disagree", fr="Pas d’accord", ar="لا أوافق"),
    Texts.of(en="Rather disagree", fr="Plutôt pas d’accord", ar="لا أوافق إلى حد ما"),
    Texts.of(en="Neither", fr="Ni l’un ni l’autre", ar="محايد"),
    Texts.of(en="Rather agree", fr="Plutôt d’accord", ar="أوافق إلى حد ما"),
    Texts.of(en="Agree", fr="D’accord", ar="أوافق"),
)
USEFUL = points(
    Texts.of(en="Not useful", fr="Pas utile", ar="غير مفيدة"),
    Texts.of(en="Slightly useful", fr="Peu utile", ar="مفيدة قليلًا"),
    Texts.of(en="Moderately useful", fr="Moyennement utile", ar="مفيدة إلى حد ما"),
    Texts.of(en="Useful", fr="Utile", ar="مفيدة"),
    Texts.of(en="Very useful", fr="Très utile", ar="مفيدة جدًا"),
)
