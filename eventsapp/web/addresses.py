"""What an address may hold, before anything looks for it in the database."""

from flask import abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from eventsapp.web.untraced import Application

LARGEST_ID = 2**31 - 1


class RowNumber(IntegerConverter):
    """A row's number in an address; one that no column holds leads nowhere."""

    def to_python(self, value: str) -> int:
        number = int(super().to_python(value))
        if number > LARGEST_ID:
            raise ValidationError
        return number


def init_app(app: Application) -> None:
    app.url_map.converters["int"] = RowNumber
    app.before_request(refuse_nul)
    app.before_reading.append(refuse_nul)


def refuse_nul() -> None:
    """A NUL is in no text that we keep, and PostgreSQL does not even compare it."""
    if "\x00" in request.path or any(
        "\x00" in value for _, value in request.args.items(multi=True)
    ):
        abort(400)
