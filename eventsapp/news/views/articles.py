"""One article for those who make it: its state, and every act on it as a whole."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound, Refused
from eventsapp.edge.settings import current_settings
from eventsapp.news import forms, history, queries, rules, service
from eventsapp.news.models import Article
from eventsapp.news.types import LIVE, ArticleStatus, Origin
from eventsapp.news.views.blueprint import pages
from eventsapp.news.working import languages_in_work
from eventsapp.photos.offers import OBSTACLE_LABELS
from eventsapp.photos.rules import lacks
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.forms import PageForm

BASE = "/manage/news/<int:article_id>"
writers = roles(Role.STAFF, Role.EDITOR)
Act = Callable[[], object]


@pages.get(BASE)
@writers
def article(article_id: int) -> str:
    return show_article(queries.get_article(article_id))


@pages.post(f"{BASE}/submit")
@writers
def submit(article_id: int) -> Answer:
    version = _seen()
    return press_back(
        article_id,
        lambda: service.submit_article(article_id, version=version, **_who()),
        _("Sent. The editors are told that a review waits."),
    )


@pages.post(f"{BASE}/review")
@writers
def review(article_id: int) -> str | Answer:
    """Approve, send back, or only say something."""
    form = forms.ReviewForm()
    acts: dict[str, tuple[Act, str]] = {
        "approve": (
            lambda: service.approve_article(article_id, version=form.seen(), **_who()),
            _("Approved. It can be published or scheduled now."),
        ),
        "reject": (
            lambda: service.send_back(article_id, form.words(), **_who()),
            _("Sent back to its author."),
        ),
        "comment": (
            lambda: service.comment_on(article_id, form.words(), **_who()),
            _("Your comment was kept."),
        ),
    }
    act, done = acts.get(request.form.get("act", ""), acts["comment"])
    return _accept(article_id, "review_form", form, act, done)


@pages.post(f"{BASE}/publish")
@writers
def publish_now(article_id: int) -> str | Answer:
    form = forms.PublishForm()
    return _accept(
        article_id,
        "publish_form",
        form,
        lambda: service.publish_article(article_id, dated=form.draft(), **_who()),
        _("Published."),
    )


@pages.post(f"{BASE}/schedule")
@writers
def schedule(article_id: int) -> str | Answer:
    form = forms.ScheduleForm()

    def act() -> object:
        moment = rules.moment_of(form.local(), current_settings().timezone, field="publish_at")
        return service.schedule_article(article_id, moment, **_who())

    return _accept(article_id, "schedule_form", form, act, _("Scheduled."))


@pages.post(f"{BASE}/schedule/cancel")
@writers
def cancel_schedule(article_id: int) -> Answer:
    return press_back(
        article_id,
        lambda: service.cancel_schedule(article_id, **_who()),
        _("It is no longer scheduled."),
    )


@pages.post(f"{BASE}/embargo")
@writers
def embargo(article_id: int) -> str | Answer:
    form = forms.EmbargoForm()

    def act() -> object:
        local, zone = form.local(), current_settings().timezone
        until = rules.moment_of(local, zone, field="embargoed_until") if local else None
        return service.set_embargo(article_id, until, **_who())

    return _accept(article_id, "embargo_form", form, act, _("Saved."))


@pages.post(f"{BASE}/correction")
@writers
def correct_now(article_id: int) -> str | Answer:
    form = forms.CorrectForm()
    return _accept(
        article_id,
        "correct_form",
        form,
        lambda: service.correct_article(article_id, form.note.texts(), **_who()),
        _("Corrected. Readers see what was changed."),
    )


@pages.post(f"{BASE}/withdrawal")
@writers
def withdraw_now(article_id: int) -> str | Answer:
    form = forms.WithdrawForm()
    return _accept(
        article_id,
        "withdraw_form",
        form,
        lambda: service.withdraw_article(article_id, form.reason.texts(), **_who()),
        _("Withdrawn. Its address now says why."),
    )


@pages.post(f"{BASE}/takedown")
@roles(Role.EDITOR)
def take_down(article_id: int) -> str | Answer:
    form = forms.TakeDownForm()
    return _accept(
        article_id,
        "takedown_form",
        form,
        lambda: service.take_down(article_id, form.cause.texts(), **_who()),
        _("Taken down. Another editor is asked to look at it."),
    )


@pages.post(f"{BASE}/takedown/review")
@roles(Role.EDITOR)
def review_takedown(article_id: int) -> Answer:
    if request.form.get("act") == "restore":
        return press_back(
            article_id,
            lambda: service.restore_article(article_id, **_who()),
            _("It is public again, as it was."),
        )
    return press_back(
        article_id,
        lambda: service.confirm_takedown(article_id, **_who()),
        _("Confirmed. It stays withdrawn."),
    )


@pages.post(f"{BASE}/address")
@writers
def move(article_id: int) -> str | Answer:
    form = forms.SlugForm()
    return _accept(
        article_id,
        "slug_form",
        form,
        lambda: service.change_slug(article_id, form.wanted(), **_who()),
        _("Saved."),
    )


@pages.post(f"{BASE}/discard")
@writers
def discard(article_id: int) -> Answer:
    was_public = not rules.is_unpublished(queries.get_article(article_id))
    try:
        service.discard_draft(article_id, **_who())
    except Refused as refused:
        flash(translate(refused), "error")
        return _back(article_id)
    flash(_("Dropped."))
    return _back(article_id) if was_public else redirect(url_for("news.manage_index"))


def _who() -> dict[str, Any]:
    return {"by": current_actor(), "now": clock.now()}


def _seen() -> int:
    return request.form.get("version", -1, type=int)


def _back(article_id: int) -> Answer:
    return redirect(url_for("news.article", article_id=article_id))


def press_back(article_id: int, act: Act, done: str) -> Answer:
    """An act without fields: what refuses it is said on top of the page."""
    try:
        act()
    except NotFound:
        raise
    except Refused as refused:
        flash(translate(refused), "error")
    else:
        flash(done)
    return _back(article_id)


def _accept(article_id: int, name: str, form: PageForm, act: Act, done: str) -> str | Answer:
    found = queries.get_article(article_id)
    if form.accept(act):
        flash(done)
        return _back(article_id)
    return show_article(found, **{name: form})


def show_article(found: Article, **sent: PageForm) -> str:
    """The page with its forms; the one that was refused as it was sent, the others as they are."""
    now, actor = clock.now(), current_actor()
    zone = current_settings().timezone
    stage, ready = rules.stage_of(found), languages_in_work(found)
    return render_template(
        "news/article.html",
        article=found,
        stage=stage,
        zone=zone,
        is_live=found.status in LIVE,
        is_withdrawn=found.status == ArticleStatus.WITHDRAWN,
        has_report=found.origin == Origin.REPORT,
        needs_approval=rules.needs_approval(found),
        takes_photo=rules.takes_photo(found),
        photo_lacks=lacks(found.photo, ready) if found.photo else [],
        obstacle_labels=OBSTACLE_LABELS,
        may_approve=_may_approve(found),
        is_editor=actor.has(Role.EDITOR),
        may_review_takedown=found.taken_down_by not in {None, actor.id} and actor.has(Role.EDITOR),
        outdated=queries.outdated_of(found),
        ready=ready,
        comments=history.comments_of(found),
        entries=history.history_of(found),
        **{name: sent.get(name) or make() for name, make in _fresh(found, now, zone).items()},
    )


def _may_approve(found: Article) -> bool:
    try:
        rules.check_may_approve(found, by=current_actor())
    except Refused:
        return False
    return rules.stage_of(found) == ArticleStatus.IN_REVIEW


def _fresh(found: Article, now: datetime, zone: str) -> dict[str, Callable[[], PageForm]]:
    return {
        "review_form": lambda: forms.ReviewForm(formdata=None, version=str(found.version)),
        "publish_form": lambda: forms.PublishForm(formdata=None, dated=_local(now, zone).date()),
        "schedule_form": lambda: forms.ScheduleForm(
            formdata=None,
            publish_at=_local(found.publish_at or found.embargoed_until, zone),
        ),
        "embargo_form": lambda: forms.EmbargoForm(
            formdata=None, embargoed_until=_local(found.embargoed_until, zone)
        ),
        "correct_form": lambda: forms.CorrectForm(formdata=None),
        "withdraw_form": lambda: forms.WithdrawForm(formdata=None),
        "takedown_form": lambda: forms.TakeDownForm(formdata=None),
        "slug_form": lambda: forms.SlugForm(formdata=None, slug=found.slug),
    }


def _local(moment: datetime | None, zone: str) -> Any:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None
