"""A mail is a folder of templates: subject.txt, body.txt, body.html, in the reader's language."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale

from eventsapp.core.texts import direction
from eventsapp.edge.mail.message import Attachment, Mail
from eventsapp.edge.settings import current_settings


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, before anybody is named on the envelope."""

    subject: str
    text: str
    html: str
    language: str

    def addressed(
        self,
        to: str,
        name: str = "",
        *,
        attachments: tuple[Attachment, ...] = (),
        calendar: tuple[str, bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Mail:
        return Mail(
            to=to,
            to_name=name,
            subject=self.subject,
            text=self.text,
            html=self.html,
            language=self.language,
            attachments=attachments,
            calendar=calendar,
            headers=headers or {},
        )


def render_mail(message: str, lang: str, **context: Any) -> Letter:
    """Render ``templates/mail/<message>/``; ``message`` reads ``attendance/confirmation``.

    Works without a request: templates see what they are given, ``lang``, ``dir``,
    ``organisation``, ``home_url`` and ``address_of``, and none of the page's context.
    """
    settings = current_settings()
    known = {
        "lang": lang,
        "dir": direction(lang),
        "organisation": settings.organisation,
        "home_url": f"{settings.base_url}/",
        "address_of": absolute_url,
    }
    with force_locale(lang):
        subject, text, html = (
            current_app.jinja_env.get_template(f"mail/{message}/{part}").render(**known | context)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Letter(
        subject=" ".join(subject.split()), text=text.strip() + "\n", html=html, language=lang
    )


def absolute_url(endpoint: str, **values: Any) -> str:
    """The address of a page as the outside sees it; needs no request."""
    base = urlsplit(current_settings().base_url)
    adapter = current_app.url_map.bind(
        base.netloc, script_name=base.path or "/", url_scheme=base.scheme
    )
    return adapter.build(endpoint, values, force_external=True)
