"""The last step of a workshop's story: issue, publish, correct, withdraw."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.edge.settings import today
from eventsapp.news import queries, rules, service
from eventsapp.news.forms import CorrectForm, PublishForm, WithdrawForm
from eventsapp.news.models import Article
from eventsapp.news.types import LIVE
from eventsapp.news.views.blueprint import pages
from eventsapp.reports import queries as reports
from eventsapp.reports.models import Edition, Report
from eventsapp.web.access import current_actor, roles
from eventsapp.web.registry import story_of
from eventsapp.workshops.queries import get_workshop


@pages.get("/manage/workshops/<int:workshop_id>/news")
@roles(Role.STAFF, Role.EDITOR, Role.ORGANISER)
def manage(workshop_id: int) -> str:
    return _page(workshop_id)


@pages.post("/manage/workshops/<int:workshop_id>/news")
@roles(Role.STAFF, Role.EDITOR)
def publish(workshop_id: int) -> str | Answer:
    form = PublishForm()
    if form.accept(
        lambda: service.publish_report(
            workshop_id, dated=form.draft(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Published. The PDF follows as soon as it is made."))
        return redirect(url_for("news.manage", workshop_id=workshop_id))
    return _page(workshop_id, publish_form=form)


@pages.post("/manage/workshops/<int:workshop_id>/news/correction")
@roles(Role.STAFF, Role.EDITOR)
def correct(workshop_id: int) -> str | Answer:
    article, form = _article(workshop_id), CorrectForm()
    if form.accept(
        lambda: service.correct_article(
            article.id, form.note.texts(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Corrected. Readers see what was changed."))
        return redirect(url_for("news.manage", workshop_id=workshop_id))
    return _page(workshop_id, correct_form=form)


@pages.post("/manage/workshops/<int:workshop_id>/news/withdrawal")
@roles(Role.STAFF, Role.EDITOR)
def withdraw(workshop_id: int) -> str | Answer:
    article, form = _article(workshop_id), WithdrawForm()
    if form.accept(
        lambda: service.withdraw_article(
            article.id, form.reason.texts(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Withdrawn. Its address now says why."))
        return redirect(url_for("news.manage", workshop_id=workshop_id))
    return _page(workshop_id, withdraw_form=form)


def _article(workshop_id: int) -> Article:
    article = queries.find_of_workshop(workshop_id)
    if article is None:
        raise NotFound
    return article


def _page(workshop_id: int, **forms: Any) -> str:
    """The step with its forms; the one that was refused as it was sent, the others empty."""
    workshop = get_workshop(workshop_id)
    article = queries.find_of_workshop(workshop_id)
    report = reports.find_report(workshop_id)
    fresh: dict[str, Callable[[], Any]] = {
        "publish_form": lambda: PublishForm(formdata=None, dated=today(now=clock.now())),
        "correct_form": lambda: CorrectForm(formdata=None),
        "withdraw_form": lambda: WithdrawForm(formdata=None),
    }
    return render_template(
        "news/manage.html",
        workshop=workshop,
        story=story_of(workshop, "news"),
        article=article,
        is_live=article is not None and article.status in LIVE,
        is_ready=rules.is_ready(report),
        has_newer=_has_newer(article, report),
        editions=_editions(report),
        may_publish=rules.may_publish(by=current_actor()),
        stage=rules.stage_of(article) if article else None,
        needs_approval=article is not None and rules.needs_approval(article),
        **{name: forms.get(name) or make() for name, make in fresh.items()},
    )


def _editions(report: Report | None) -> Sequence[Edition]:
    """Those of what is approved now."""
    snapshots = report.snapshots if report else []
    return queries.public_editions(snapshots[-1].id) if snapshots else []


def _has_newer(article: Article | None, report: Report | None) -> bool:
    """Whether something was approved since the article was made."""
    snapshots = report.snapshots if report else []
    return bool(article and snapshots and snapshots[-1].id != article.snapshot_id)
