"""A file of a former site's news."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField

from eventsapp.news.rules.past import NoPastNews
from eventsapp.web.forms import PageForm, choices
from eventsapp.web.locale import OWN_NAMES


class PastNewsForm(PageForm):
    file = FileField(_l("File"), description=_l("CSV, XLSX, Atom or RSS."))
    lang = SelectField(
        _l("Language"),
        choices=choices(OWN_NAMES.items()),
        description=_l("Of rows that name none."),
    )

    def content(self) -> bytes:
        """The file's bytes; raises NoPastNews."""
        if not self.file.data or not self.file.data.filename:
            raise NoPastNews
        content: bytes = self.file.data.read()
        return content

    def file_name(self) -> str:
        return str(self.file.data.filename)
