"""What a workshop's attendance adds up to, as charts with their figures beside them."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from eventsapp.attendance.forms import SEX_LABELS
from eventsapp.attendance.labels import TOOK_PART_LABELS
from eventsapp.attendance.types import AttendanceFacts, TookPart
from eventsapp.documents.blocks import Chart, Series
from eventsapp.documents.render import article_html
from eventsapp.people.types import Sex
from eventsapp.web.countries import country_name
from eventsapp.web.filters import number, text
from eventsapp.web.locale import current_language


def statistics_html(facts: AttendanceFacts) -> Markup:
    """A chart for each breakdown that has something to show."""
    charts = [chart for chart in _charts(facts) if chart.categories]
    return article_html(charts, lang=current_language(), media_url=str)


def _charts(facts: AttendanceFacts) -> Iterable[Chart]:
    modes = [mode for mode in TookPart if facts.by_mode.get(mode)]
    yield _bar(
        _("How they took part"),
        {str(TOOK_PART_LABELS[mode]): facts.by_mode[mode] for mode in modes},
    )
    if facts.by_sex:
        yield _by_sex(facts, modes)
    yield _bar(
        _("Country"),
        {country_name(code) if code else _("not said"): n for code, n in facts.by_country.items()},
    )
    yield _bar(
        _("Institution"), {name or _("not said"): n for name, n in facts.by_institution.items()}
    )
    yield _bar(_("Group"), {text(name): count for name, count in facts.by_group if count})


def _bar(title: str, counts: Mapping[str, int]) -> Chart:
    return Chart(
        kind="bar",
        title=title,
        summary=_summary(sum(counts.values())),
        categories=tuple(counts),
        series=(series_of(_("Took part"), counts.values()),),
    )


def _by_sex(facts: AttendanceFacts, modes: list[TookPart]) -> Chart:
    crossed = {(sex, mode): count for sex, mode, count in facts.by_sex_and_mode}
    sexes = [sex for sex in Sex if facts.by_sex.get(sex)]
    return Chart(
        kind="stacked",
        title=_("Sex and way of taking part"),
        summary=_summary(facts.attended),
        categories=tuple(str(_sex_word(sex)) for sex in sexes),
        series=tuple(
            series_of(str(TOOK_PART_LABELS[mode]), [crossed.get((sex, mode), 0) for sex in sexes])
            for mode in modes
        ),
    )


def _sex_word(sex: Sex) -> object:
    return _("not said") if sex == Sex.UNDISCLOSED else SEX_LABELS[sex]


def series_of(label: str, counts: Iterable[int]) -> Series:
    values = tuple(counts)
    return Series(label=label, values=values, texts=tuple(number(value) for value in values))


def _summary(total: int) -> str:
    return str(
        ngettext("Of %(num)d person who took part.", "Of %(num)d people who took part.", total)
    )
