"""The form behind an article's own photo: the file. What is said of it is a ``PictureForm``."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import InputRequired

from eventsapp.core.errors import Refused
from eventsapp.web.forms import PageForm


class ArticlePhotoForm(PageForm):
    file = FileField(
        _l("Photo"),
        [InputRequired(_l("Choose a photo."))],
        description=_l(
            "JPEG, PNG or WebP, up to 15 MB. Where and with which camera it was taken is removed "
            "from it."
        ),
    )

    def content(self) -> bytes:
        data: bytes = self.file.data.read()
        return data

    def show_refusal(self, refused: Refused) -> None:
        """Whatever is wrong is wrong with the file."""
        refused.field = "file"
        super().show_refusal(refused)
