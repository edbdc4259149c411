"""Input of photos: files, and what is said of each."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget, NumberInput

from eventsapp.edge.pictures import Box
from eventsapp.photos.models import Photo, Pictured
from eventsapp.photos.queries import Recognised
from eventsapp.photos.types import PhotoDraft, Recognisable
from eventsapp.web.forms import PageForm, TextsField, choices, line, member, texts_to_form, value

RECOGNISABLE_LABELS = {
    Recognisable.NOBODY: _l("Nobody can be recognised"),
    Recognisable.AGREED: _l("Everybody who can be recognised has agreed to it"),
    Recognisable.UNKNOWN: _l("Not checked yet"),
}
CUT = [
    InputRequired(_l("Give a number from 0 to 90.")),
    NumberRange(0, 90, _l("Give a number from 0 to 90.")),
]


class UploadForm(PageForm):
    files = MultipleFileField(
        _l("Photos"),
        description=_l(
            "JPEG, PNG or WebP, up to 15 MB together. Where and with which camera they were taken "
            "is removed from them."
        ),
    )


class PictureForm(PageForm):
    """How a picture is cut, and what is said of it."""

    version = HiddenField(render_kw={"autocomplete": "off"})
    alternative = TextsField(
        _l("What it shows"),
        required=True,
        description=_l(
            "For those who cannot see it: “Two officials talk beside a projection screen”. A photo "
            "is published once this is written in every language of the workshop."
        ),
    )
    caption = TextsField(_l("Caption"), description=_l("Printed below the photo."))
    credit = StringField(_l("Credit"), line(), description=_l("Who took it, or who owns it."))
    recognisable = RadioField(
        _l("Who can be recognised?"),
        choices=choices((kind.value, label) for kind, label in RECOGNISABLE_LABELS.items()),
    )
    left = IntegerField(_l("Left, %"), CUT, widget=NumberInput(step=1, min=0, max=90))
    right = IntegerField(_l("Right, %"), CUT, widget=NumberInput(step=1, min=0, max=90))
    top = IntegerField(_l("Top, %"), CUT, widget=NumberInput(step=1, min=0, max=90))
    bottom = IntegerField(_l("Bottom, %"), CUT, widget=NumberInput(step=1, min=0, max=90))

    def draft(self) -> PhotoDraft:
        return PhotoDraft(
            alternative=self.alternative.texts(),
            caption=self.caption.texts(),
            credit=value(self.credit),
            recognisable=member(Recognisable, self.recognisable),
            box=Box(self.left.data, self.top.data, self.right.data, self.bottom.data),
            version=self.seen(),
        )

    def seen(self) -> int:
        seen = self.version.data or ""
        return int(seen) if seen.isdecimal() else -1


class PhotoForm(PictureForm):
    person_ids = SelectMultipleField(
        _l("These people can be recognised"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    is_shown = BooleanField(
        _l("Show it in the report and in the news"),
        description=_l("The first photo of the list that may be shown leads the article."),
    )

    def offer(self, people: list[Recognised]) -> None:
        self.person_ids.choices = choices((str(one.person_id), one.name) for one in people)

    def draft(self) -> PhotoDraft:
        return replace(
            super().draft(),
            person_ids=frozenset(self.person_ids.data or ()),
            is_shown=self.is_shown.data,
        )


def form_data(photo: Photo) -> dict[str, Any]:
    return {
        **picture_data(photo, photo.version),
        "person_ids": [row.person_id for row in photo.persons],
        "is_shown": photo.is_shown,
    }


def picture_data(photo: Pictured, version: int) -> dict[str, Any]:
    return {
        "version": version,
        "alternative": texts_to_form(photo.alternative),
        "caption": texts_to_form(photo.caption),
        "credit": photo.credit,
        "recognisable": photo.recognisable,
        "left": photo.cut_left,
        "right": photo.cut_right,
        "top": photo.cut_top,
        "bottom": photo.cut_bottom,
    }
