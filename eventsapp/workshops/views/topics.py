"""The topics that workshops can be about."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.web.access import current_actor, roles
from eventsapp.web.locale import current_language
from eventsapp.workshops import queries, service
from eventsapp.workshops.forms import TopicForm, TopicMergeForm, TopicNameForm
from eventsapp.workshops.views.blueprint import pages


@pages.route("/manage/topics", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def topics() -> str | Response:
    form = TopicForm()
    added = form.accept(
        lambda: service.add_topic(
            form.name.texts(), by=current_actor(), now=clock.now(), key=form.key()
        )
    )
    if added:
        flash(_("Added."))
        return redirect(url_for("workshops.topics"))
    return render_template(
        "workshops/topics.html",
        form=form,
        topics=queries.list_topics(),
        counts=queries.count_by_topic(),
    )


@pages.route("/manage/topics/<int:topic_id>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def rename_topic(topic_id: int) -> str | Response:
    """Another name for a topic."""
    topic = queries.get_topic(topic_id)
    form = TopicNameForm.of(topic)
    by, now = current_actor(), clock.now()
    renamed = form.accept(
        lambda: service.rename_topic(
            topic_id, form.name.texts(), version=form.seen_version(), by=by, now=now
        )
    )
    if renamed:
        flash(_("Renamed. Old addresses lead here."))
        return redirect(url_for("workshops.topics"))
    return render_template(
        "workshops/rename_topic.html", topic=topic, form=form, may_merge=bool(_others(topic_id))
    )


@pages.route("/manage/topics/<int:topic_id>/merge", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def merge_topic(topic_id: int) -> str | Response:
    """One topic becomes part of another."""
    topic = queries.get_topic(topic_id)
    form = TopicMergeForm()
    form.offer(_others(topic_id))
    by, now = current_actor(), clock.now()
    merged = form.accept(lambda: service.merge_topics(topic_id, form.chosen(), by=by, now=now))
    if merged:
        flash(_("Merged. All that was about it is about the other topic now."))
        return redirect(url_for("workshops.topics"))
    return render_template(
        "workshops/merge_topic.html",
        topic=topic,
        form=form,
        count=queries.count_workshops_about(topic_id),
    )


def _others(topic_id: int) -> list[tuple[int, str]]:
    lang = current_language()
    return [choice for choice in queries.topic_choices(lang) if choice[0] != topic_id]


@pages.post("/manage/topics/<int:topic_id>/remove")
@roles(Role.ORGANISER)
def remove_topic(topic_id: int) -> Response:
    service.remove_topic(topic_id, by=current_actor(), now=clock.now())
    flash(_("Removed."))
    return redirect(url_for("workshops.topics"))
