"""The topics that workshops can be about."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.web.access import current_actor, roles
from eventsapp.workshops import queries, service
from eventsapp.workshops.forms import TopicForm
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


@pages.post("/manage/topics/<int:topic_id>/remove")
@roles(Role.ORGANISER)
def remove_topic(topic_id: int) -> Response:
    service.remove_topic(topic_id, by=current_actor(), now=clock.now())
    flash(_("Removed."))
    return redirect(url_for("workshops.topics"))
