"""Input about topics: their names, and which becomes part of which."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from eventsapp.web.forms import CreationForm, PageForm, TextsField, choices, texts_to_form, value
from eventsapp.workshops.models import Topic


class TopicForm(CreationForm):
    name = TextsField(_l("Topic"), required=True)


class TopicNameForm(PageForm):
    name = TextsField(_l("Topic"), required=True)
    version = HiddenField()

    @classmethod
    def of(cls, topic: Topic) -> "TopicNameForm":
        shown: dict[str, Any] = {"name": texts_to_form(topic.name), "version": topic.version}
        return cls(data=shown)

    def seen_version(self) -> int:
        """The version that the page showed; 0 for what is none."""
        typed = value(self.version)
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class TopicMergeForm(PageForm):
    into = SelectField(_l("Part of which topic?"))

    def offer(self, topics: Iterable[tuple[int, str]]) -> None:
        self.into.choices = choices((str(number), name) for number, name in topics)

    def chosen(self) -> int:
        return int(self.into.data)
