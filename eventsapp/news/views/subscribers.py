"""Who is told of news by mail, for those who look after it."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.attendance.labels import return_reason
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.texts import RIGHT_TO_LEFT
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, Cell, write_csv, write_xlsx
from eventsapp.news.forms.subscribing import AddSubscriberForm
from eventsapp.news.models import Subscriber
from eventsapp.news.queries import subscribers as queries
from eventsapp.news.service import bounces, mailing
from eventsapp.news.service import subscribers as service
from eventsapp.news.views.blueprint import pages
from eventsapp.projects.queries import project_choices
from eventsapp.web.access import current_actor, roles
from eventsapp.web.countries import country_name
from eventsapp.web.forms import value
from eventsapp.web.locale import OWN_NAMES, current_language


@pages.get("/manage/subscribers/")
@roles(Role.EDITOR)
def subscribers_index() -> str:
    searched = request.args.get("q", "").strip()[:100]
    number = min(request.args.get("page", 1, type=int), 100_000)
    page = queries.list_subscribers(searched, page=number)
    names = dict(project_choices(current_language()))
    return render_template(
        "news/subscribers.html",
        words=searched,
        page=page,
        hears_of={one.id: ", ".join(_narrowed(one, names)) for one in page.rows},
        counts=queries.count_subscribers(),
        unreachable=queries.count_unreachable(),
        return_reason=return_reason,
        by_language=[(OWN_NAMES[code], count) for code, count in queries.count_by_language()],
    )


@pages.route("/manage/subscribers/new", methods=["GET", "POST"])
@roles(Role.EDITOR)
def add_subscriber() -> str | Answer:
    form = AddSubscriberForm()
    added = form.accept(
        lambda: service.add_subscriber(
            form.draft(),
            has_agreed=form.agreed.data == "given",
            by=current_actor(),
            now=clock.now(),
        )
    )
    if added is None:
        return render_template("news/add_subscriber.html", form=form)
    flash(
        _("%(mail)s gets the next article.", mail=value(form.email))
        if added.confirmed_at
        else _("%(mail)s is asked by mail.", mail=value(form.email)),
        "success",
    )
    return redirect(url_for("news.subscribers_index"))


@pages.post("/manage/subscribers/<int:subscriber_id>/remove")
@roles(Role.EDITOR)
def remove_subscriber(subscriber_id: int) -> Answer:
    service.remove_subscriber(subscriber_id, by=current_actor(), now=clock.now())
    flash(_("The address is forgotten."))
    return redirect(url_for("news.subscribers_index"))


@pages.post("/manage/subscribers/<int:subscriber_id>/write-again")
@roles(Role.EDITOR)
def write_again(subscriber_id: int) -> Answer:
    found = bounces.write_again(subscriber_id, by=current_actor(), now=clock.now())
    flash(_("%(mail)s is written to again.", mail=found.email), "success")
    return redirect(url_for("news.subscribers_index"))


@pages.get("/manage/subscribers.<any(csv, xlsx):kind>")
@roles(Role.EDITOR)
def export_subscribers(kind: str) -> Response:
    """Everybody who confirmed."""
    names = dict(project_choices(current_language()))
    head: list[Cell] = [
        _("E-mail address"), _("Language"), _("Countries"), _("Projects"), _("Since"),
    ]  # fmt: skip
    rows = [head, *(_row(one, names) for one in queries.all_confirmed())]
    is_rtl = current_language() in RIGHT_TO_LEFT
    content = write_csv(rows) if kind == "csv" else write_xlsx(rows, right_to_left=is_rtl)
    answer = Response(content, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="subscribers.{kind}"'
    return answer


def _narrowed(subscriber: Subscriber, names: dict[int, str]) -> list[str]:
    countries = [country_name(code) for code in subscriber.countries]
    return countries + [names.get(key, str(key)) for key in subscriber.projects]


def _row(subscriber: Subscriber, names: dict[int, str]) -> list[Cell]:
    since = subscriber.confirmed_at
    return [
        subscriber.email,
        OWN_NAMES[subscriber.lang],
        ", ".join(country_name(code) for code in subscriber.countries),
        ", ".join(names.get(key, str(key)) for key in subscriber.projects),
        since.date().isoformat() if since else "",
    ]


@pages.post("/manage/articles/<int:article_id>/mail-correction")
@roles(Role.EDITOR)
def mail_correction(article_id: int) -> Answer:
    """Tell those who got the article what was corrected, because an editor decides so."""
    article = mailing.tell_of_correction(article_id, by=current_actor(), now=clock.now())
    flash(_("Those who got the article are told of the correction."))
    return redirect(url_for("news.article", article_id=article.id))
