"""What participants said: figures of a closed form that enough people answered, or none."""

from collections.abc import Iterable
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.feedback.queries import feedback_facts
from eventsapp.feedback.types import Breakdown, FeedbackFacts, QuestionResult
from eventsapp.reports import claims
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop

LABELS = {
    "n": Texts.of(en="Answers", fr="Réponses", ar="الإجابات"),
    "answers": Texts.of(
        en="Answers, with the noun", fr="Réponses, avec le nom", ar="الإجابات مع التمييز"
    ),
    "response_rate": Texts.of(en="Response rate", fr="Taux de réponse", ar="نسبة الاستجابة"),
    "quotes": Texts.of(
        en="Quotes with consent", fr="Citations autorisées", ar="اقتباسات بموافقة أصحابها"
    ),
    "results": Texts.of(en="Results", fr="Résultats", ar="النتائج"),
    "by_group": Texts.of(en="Results by group", fr="Résultats par groupe", ar="النتائج حسب الفئة"),
    "usefulness_level": Texts.of(
        en="What may be said of its usefulness",
        fr="Ce qui peut être dit de son utilité",
        ar="ما يجوز قوله عن فائدتها",
    ),
    "claim": Texts.of(
        en="Participants’ verdict", fr="Verdict des participants", ar="رأي المشاركين"
    ),
}
SUFFIXES = {
    "n": Texts.of(en="answers", fr="réponses", ar="الإجابات"),
    "mean": Texts.of(en="mean", fr="moyenne", ar="المتوسط"),
    "share_positive": Texts.of(en="share positive", fr="part positive", ar="النسبة الإيجابية"),
}


def gather(workshop: Workshop) -> Iterable[Fact]:
    known = feedback_facts(workshop)
    if not known.handed_out and not known.n:
        return
    yield from _overall(known)
    for result in known.questions:
        yield from _of_question(result, known)
    results = [_result(row) for row in known.questions if row.distribution]
    yield _fact("feedback.results", "rows", results, LABELS["results"], known)
    groups = [_group(row) for row in known.breakdowns]
    yield _fact("feedback.by_group", "rows", groups, LABELS["by_group"], known)


def _overall(known: FeedbackFacts) -> Iterable[Fact]:
    yield _fact("feedback.n", "count", known.n, LABELS["n"], known)
    answers = {"n": known.n, "noun": "answer"}
    yield _fact("feedback.answers", "counted", answers, LABELS["answers"], known)
    if known.response_rate is not None:
        rate = round(known.response_rate, 4)
        yield _fact("feedback.response_rate", "share", rate, LABELS["response_rate"], known)
    level = claims.usefulness_level(known)
    if level is not None:
        yield Fact("feedback.usefulness_level", "plain", level.key, LABELS["usefulness_level"])
    sentence = claims.usefulness_sentence(known)
    yield _fact("feedback.claim", "text", sentence, LABELS["claim"], known)
    quotes = [
        {
            "text": quote.text,
            "lang": quote.lang,
            "attribution": quote.attribution,
            "ref": quote.ref,
        }
        for quote in known.quotes
    ]
    # Consent, not the number of answers, decides about a quote.
    yield Fact("feedback.quotes", "rows", quotes, LABELS["quotes"])


def _of_question(result: QuestionResult, known: FeedbackFacts) -> Iterable[Fact]:
    values = {
        "n": ("count", result.n),
        "mean": ("mean", result.mean),
        "share_positive": ("share", result.share_positive),
    }
    for name, (kind, value) in values.items():
        if value is None and not (result.is_suppressed and _has(result, name)):
            continue
        exact = round(value, 4) if value is not None else None
        label = _label(result.text, SUFFIXES[name])
        key = f"feedback.{result.key}.{name}"
        hidden = result.is_suppressed
        yield _fact(key, kind, None if hidden else exact, label, known)


def _has(result: QuestionResult, name: str) -> bool:
    """Whether a question of this type would have such a figure, were there enough answers."""
    return name == "n" or result.type_key in (SCALES if name == "mean" else {*SCALES, "yes_no"})


def _label(question: Texts, suffix: Texts) -> Texts:
    texts = question.to_json()
    return Texts.of(**{lang: f"{text} – {suffix.text(lang)}" for lang, text in texts.items()})


def _fact(key: str, kind: str, value: Any, label: Texts, known: FeedbackFacts) -> Fact:
    """A figure that rests on too few people is withheld, its value not even kept."""
    withheld = value is None or not known.may_be_published
    return Fact(key, kind, None if withheld else value, label, withheld=withheld)


def _result(row: QuestionResult) -> dict[str, Any]:
    return {
        "key": row.key,
        "type": row.type_key,
        "text": row.text.to_json(),
        "n": row.n,
        "mean": None if row.mean is None else round(row.mean, 4),
        "share_positive": None if row.share_positive is None else round(row.share_positive, 4),
        "distribution": [[key, label.to_json(), count] for key, label, count in row.distribution],
    }


def _group(row: Breakdown) -> dict[str, Any]:
    """Suppressed groups keep their name, so that the table can say that something is left out."""
    return {
        "by": row.by_text.to_json(),
        "groups": [
            {
                "label": group.label.to_json(),
                "question": group.result.text.to_json(),
                "suppressed": group.result.is_suppressed,
                "n": None if group.result.is_suppressed else group.result.n,
                "share_positive": None
                if group.result.is_suppressed or group.result.share_positive is None
                else round(group.result.share_positive, 4),
            }
            for group in row.groups
        ],
    }


HEAD = {
    "en": ("Question", "Answer", "Count"),
    "fr": ("Question", "Réponse", "Nombre"),
    "ar": ("السؤال", "الإجابة", "العدد"),
}
QUOTES_HEAD = {
    "en": ("Quote", "Quoted as", "Language"),
    "fr": ("Citation", "Attribuée à", "Langue"),
    "ar": ("الاقتباس", "يُنسب إلى", "اللغة"),
}
SCALES = frozenset({"likert", "recommend"})
TOO_FEW = N_("Results that rest on fewer than ten answers, or on a form still open, are not shown.")


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    """Only sums: the answers themselves are anonymous, and small numbers stay hidden."""
    known = feedback_facts(workshop)
    if key == "feedback.quotes":
        return _quotes_behind(known, lang)
    shown = known.questions if known.may_be_published else ()
    rows = tuple(
        (result.text.text(lang), label.text(lang), str(count))
        for result in shown
        if not result.is_suppressed and _is_about(key, result)
        for _, label, count in result.distribution
    )
    note = "" if rows and not any(row.is_suppressed for row in shown) else TOO_FEW
    return Evidence(head=HEAD[lang], rows=rows, endpoint="feedback.results", note=note)


def _is_about(key: str, result: QuestionResult) -> bool:
    """A question's own figures lead to its own distribution, all others to every one."""
    parts = key.split(".")
    return len(parts) < 3 or parts[1] == result.key


def _quotes_behind(known: FeedbackFacts, lang: str) -> Evidence:
    """Each with what its author agreed to, and nothing that leads to who that is."""
    rows = tuple((quote.text, quote.attribution, quote.lang) for quote in known.quotes)
    return Evidence(head=QUOTES_HEAD[lang], rows=rows, endpoint="feedback.quotes")


FEEDBACK = FactSource(
    key="feedback",
    order=40,
    label=Texts.of(en="Feedback", fr="Évaluation", ar="التقييم"),
    gather=gather,
    trace=trace,
)
