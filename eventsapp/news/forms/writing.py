"""The forms for an article's words, and for what it is filed under."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.news.models import Article, ArticleText, UnsavedArticleText
from eventsapp.news.types import ArticleDraft, TextDraft, TextState
from eventsapp.news.wording import Wording
from eventsapp.reports.forms import LONGEST, number_of, unturned
from eventsapp.reports.merging import fingerprint
from eventsapp.web.countries import country_choices
from eventsapp.web.forms import CreationForm, PageForm, choices, line, paragraphs, value
from eventsapp.web.locale import OWN_NAMES

MOST_COUNTRIES = 4
USUAL, NONE = "", "0"
PARTS = ("headline", "standfirst", "body")
_UNTOUCHED = {"autocomplete": "off"}


class WordsForm(PageForm):
    """One language's words; the figures in them are references to facts."""

    version = HiddenField(render_kw=_UNTOUCHED)
    # How often this typing has been kept before it is saved.
    revision = HiddenField(default="0", render_kw=_UNTOUCHED)
    headline = StringField(_l("Headline"), line(200))
    standfirst = TextAreaField(_l("Standfirst"), [*paragraphs(2_000), unturned])
    body = TextAreaField(
        _l("Text"),
        [*paragraphs(LONGEST), unturned],
        description=_l("An empty line ends a paragraph; a line that begins with ## is a heading."),
    )
    lead_photo = SelectField(_l("Photo"), default=USUAL)
    has_own_quotes = BooleanField(_l("Choose the quotes"))
    quotes = SelectMultipleField(
        _l("Quotes"),
        default=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    is_unfinished = BooleanField(_l("Not finished: leave this language out for now"))
    is_minor = BooleanField(_l("Only spelling: the translations need no change"))

    def draft(self) -> TextDraft:
        photo = self.lead_photo.data or USUAL
        return TextDraft(
            headline=value(self.headline),
            standfirst=value(self.standfirst),
            body=value(self.body),
            lead_photo=None if photo == USUAL else int(photo),
            quotes=tuple(self.quotes.data) if self.has_own_quotes.data else None,
            state=TextState.DRAFT if self.is_unfinished.data else TextState.READY,
            is_minor=bool(self.is_minor.data),
            version=number_of(self.version),
        )

    def prose(self) -> dict[str, str]:
        return {name: value(self[name]) for name in PARTS}

    def opened(self) -> dict[str, str]:
        """Fingerprints of the words that the writing began from."""
        return {name: self[_opened(name)].data or "" for name in PARTS}

    def beside(self, shown: Collection[str], texts: Mapping[str, str]) -> list[tuple[str, str]]:
        """What a page that shows only these parts carries along: the other parts as they are to
        be, and what was chosen."""
        carried = [(name, texts[name]) for name in PARTS if name not in shown]
        for field in (self.has_own_quotes, self.is_unfinished, self.is_minor):
            carried += [(field.name, "y")] if field.data else []
        chosen = [(self.quotes.name, mark) for mark in self.quotes.data or ()]
        return [*carried, *chosen, (self.lead_photo.name, self.lead_photo.data or USUAL)]

    def reopen(self, words: Wording, version: int) -> None:
        """Go on from what is saved now; what was typed stays."""
        self.version.data = str(version)
        for name in PARTS:
            self[_opened(name)].data = fingerprint(getattr(words, name) or "")

    def wording(self) -> Wording:
        """What is typed, for a look at it before it is saved."""
        draft = self.draft()
        return Wording(
            headline=draft.headline,
            standfirst=draft.standfirst,
            body=draft.body,
            lead_photo=draft.lead_photo,
            quotes=draft.quotes,
        )


def words_form(
    article: Article,
    words: Wording,
    text: ArticleText | None,
    *,
    lang: str,
    photos: Mapping[int, str],
    quotes: Mapping[str, str],
    unsaved: UnsavedArticleText | None = None,
) -> WordsForm:
    """Filled with what the article says now, and over it with what this person had not saved;
    with the photos and quotes there are."""
    typed, began = (unsaved.texts, unsaved.opened) if unsaved else ({}, {})
    saved = {name: getattr(words, name) or "" for name in PARTS}
    fields = {_opened(name): HiddenField(render_kw=_UNTOUCHED) for name in PARTS}
    form: WordsForm = type("OpenedWordsForm", (WordsForm,), fields)(
        data={
            "version": str(unsaved.article_version if unsaved else article.version),
            "revision": str(unsaved.revision if unsaved else 0),
            **{name: typed.get(name, text) for name, text in saved.items()},
            **{_opened(name): began.get(name, fingerprint(text)) for name, text in saved.items()},
            "lead_photo": USUAL if words.lead_photo is None else str(words.lead_photo),
            "has_own_quotes": words.quotes is not None,
            "quotes": list(words.quotes or ()),
            "is_unfinished": text is not None and text.state == TextState.DRAFT,
        }
    )
    form.lead_photo.choices = choices(
        [
            (USUAL, _l("The first one")),
            (NONE, _l("None")),
            *((str(key), label) for key, label in photos.items()),
        ]
    )
    form.quotes.choices = choices(quotes.items())
    for name in ("headline", "standfirst", "body"):
        form[name].render_kw = {"lang": lang, **_UNTOUCHED}
    form.standfirst.render_kw["rows"] = 4
    form.body.render_kw["rows"] = max(12, len(words.body or "") // 80 + 6)
    return form


def _opened(name: str) -> str:
    return f"opened-{name}"


class FilingForm(CreationForm):
    """What an article is filed under."""

    version = HiddenField(render_kw=_UNTOUCHED)
    original_lang = SelectField(
        _l("Written in"),
        choices=choices(OWN_NAMES.items()),
        description=_l("The other languages are its translations."),
    )
    project_id = SelectField(_l("Project"))
    countries = FieldList(
        SelectField(_l("Country"), validate_choice=False),
        label=_l("Countries"),
        min_entries=MOST_COUNTRIES,
        max_entries=MOST_COUNTRIES,
    )
    topics = SelectMultipleField(
        _l("Topics"),
        default=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, projects: Iterable[tuple[int, str]], topics: Iterable[tuple[str, str]]) -> None:
        named = ((str(key), label) for key, label in projects)
        self.project_id.choices = choices([("", _l("No project")), *named])
        for entry in self.countries:
            entry.choices = choices([("", "–"), *country_choices()])
        self.topics.choices = choices(topics)

    def filed(self) -> ArticleDraft:
        codes = dict(country_choices())
        project = self.project_id.data or ""
        return ArticleDraft(
            original_lang=self.original_lang.data,
            project_id=int(project) if project else None,
            countries=tuple(row.data for row in self.countries if row.data in codes),
            topics=tuple(slug for slug in self.topics.data or () if slug in self._slugs()),
        )

    def _slugs(self) -> set[str]:
        return {choice.value for choice in self.topics.choices}


class NewArticleForm(FilingForm):
    """A first version of an article without a workshop; the text follows in its editor."""

    headline = StringField(_l("Headline"), [InputRequired(_l("Give it a headline.")), *line(200)])

    def text(self) -> TextDraft:
        return TextDraft(headline=value(self.headline), standfirst="", body="")


def filing_data(article: Article) -> dict[str, Any]:
    codes = [*article.country_codes, *[""] * MOST_COUNTRIES]
    return {
        "version": str(article.version),
        "original_lang": article.original_lang,
        "project_id": str(article.project_id or ""),
        "countries": codes[:MOST_COUNTRIES],
        "topics": article.topic_slugs,
    }
