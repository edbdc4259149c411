"""Refusals beside their field, whatever kind of field it is."""

from flask import Flask, render_template_string
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from eventsapp.core.errors import Invalid
from eventsapp.web.forms import PageForm, TextsField, choices
from tests.pages import text_of


class SampleForm(PageForm):
    title = TextsField("Title", required=True)
    answer = RadioField(
        "Will you come?", [InputRequired("Choose one.")], choices=choices([("y", "Yes")])
    )
    project = SelectField("Project", choices=choices([("1", "One"), ("2", "Two")]))
    group = SelectField("Group", choices=choices([("", "–"), ("1", "One")]))
    note = StringField("Note")


SUMMARY = (
    """{% from "components/forms.html" import error_summary, field %}{{ error_summary(form) }}"""
)
FIELDS = """{% from "components/forms.html" import field %}
{% for one in (form.project, form.group, form.note) %}{{ field(one) }}{% endfor %}"""


def test_a_refusal_that_names_a_text_in_several_languages_stands_at_its_first_line(
    sqlite_app: Flask,
) -> None:
    with sqlite_app.test_request_context():
        form = SampleForm()
        form.show_refusal(Invalid("The title is taken.", field="title"))

        assert form.title.form["en"].errors == ["The title is taken."]
        assert form.refusal == ""
        assert "Title, English: The title is taken." in text_of(
            render_template_string(SUMMARY, form=form)
        )


def test_the_summary_puts_no_colon_behind_a_question(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        form = SampleForm()
        form.show_refusal(Invalid("Choose one.", field="answer"))

        assert "Will you come? Choose one." in text_of(render_template_string(SUMMARY, form=form))


def test_a_list_that_always_has_an_answer_is_not_called_optional(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        words = text_of(render_template_string(FIELDS, form=SampleForm()))

    assert "Project OneTwo Group (optional) –One Note (optional)" in words
