"""Where news is sent, for those who look after it: places, what each has, and what went wrong."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.news import feeds
from eventsapp.news.channel import Failed, PushChannel
from eventsapp.news.forms.targets import TargetForm, form_for
from eventsapp.news.jobs.delivering import opened, trial_of
from eventsapp.news.models import ChannelTarget
from eventsapp.news.queries import deliveries as queries
from eventsapp.news.queries.subscribers import count_subscribers
from eventsapp.news.service import targets as service
from eventsapp.news.views.blueprint import pages
from eventsapp.web.access import current_actor, roles

STATES = ("waiting", "stopped", "done")


@pages.get("/manage/channels/")
@roles(Role.EDITOR)
def channels_index() -> str:
    return render_template(
        "news/channels.html",
        targets=queries.list_targets(),
        counts=queries.count_by_state(),
        kinds=[channel for channel in feeds.PUSHED.values() if not channel.is_built_in],
        pulled=[(found.label, url_for(f"news.{found.key}")) for found in feeds.PULLED.values()],
        subscribers=count_subscribers(),
    )


@pages.route("/manage/channels/new/<kind>", methods=["GET", "POST"])
@roles(Role.ADMIN)
def new_channel(kind: str) -> str | Answer:
    channel = feeds.PUSHED.get(kind)
    if channel is None or channel.is_built_in:
        raise NotFound
    form = form_for(channel, is_new=True)()
    made = channel.makes_secret() if channel.makes_secret else ""
    target = form.accept(
        lambda: service.register_target(
            kind,
            form.draft(),
            secret=made or form.secret(),
            by=current_actor(),
            now=clock.now(),
            key=form.key(),
        )
    )
    if target is None:
        return _form(form, channel)
    # Pressed twice, only the first answer has the secret that was kept.
    if made and opened(target).secret == made:
        return _secret(target, made)
    flash(_("%(name)s is set up. Test it before the next article.", name=target.name), "success")
    return redirect(url_for("news.channel", target_id=target.id))


@pages.get("/manage/channels/<int:target_id>")
@roles(Role.EDITOR)
def channel(target_id: int) -> str:
    state = request.args.get("state", "")
    number = min(request.args.get("page", 1, type=int), 100_000)
    return render_template(
        "news/channel.html",
        target=queries.get_target(target_id),
        channel=feeds.PUSHED.get(queries.get_target(target_id).kind),
        state=state if state in STATES else "",
        page=queries.list_deliveries(
            target_id, state=state if state in STATES else "", page=number
        ),
        counts=queries.count_by_state().get(target_id, {}),
    )


@pages.route("/manage/channels/<int:target_id>/edit", methods=["GET", "POST"])
@roles(Role.ADMIN)
def edit_channel(target_id: int) -> str | Answer:
    target = queries.get_target(target_id)
    kind = _own(target)
    form = form_for(kind, is_new=False)(target)
    changed = form.accept(
        lambda: service.change_target(
            target_id,
            form.draft(),
            secret=form.secret(),
            by=current_actor(),
            now=clock.now(),
            version=form.shown_version(),
        )
    )
    if changed is None:
        return _form(form, kind, target)
    flash(_("Saved. What waited is tried again now."), "success")
    return redirect(url_for("news.channel", target_id=target_id))


@pages.post("/manage/channels/<int:target_id>/secret")
@roles(Role.ADMIN)
def renew_secret(target_id: int) -> str:
    """A new secret of ours, shown this once; the old one signs nothing any more."""
    target = queries.get_target(target_id)
    kind = _own(target)
    if kind.makes_secret is None:
        raise NotFound
    made = kind.makes_secret()
    service.renew_secret(target_id, made, by=current_actor(), now=clock.now())
    return _secret(queries.get_target(target_id), made)


@pages.post("/manage/channels/<int:target_id>/switch")
@roles(Role.ADMIN)
def switch_channel(target_id: int) -> Answer:
    is_active = request.form.get("do") == "on"
    service.switch_target(target_id, is_active=is_active, by=current_actor(), now=clock.now())
    flash(
        _("News is sent there again.")
        if is_active
        else _("Nothing is sent there any more. What is there stays.")
    )
    return redirect(url_for("news.channel", target_id=target_id))


@pages.post("/manage/channels/<int:target_id>/test")
@roles(Role.EDITOR)
def test_channel(target_id: int) -> Answer:
    """Ask the place now, while somebody waits for the answer."""
    target = queries.get_target(target_id)
    kind = _own(target)
    if kind.check is None:
        raise NotFound
    try:
        place, trial = opened(target), trial_of(target)
        # Nothing may stay open while another site takes its time.
        db.session().rollback()
        said = kind.check(place, trial)
    except Failed as failed:
        service.note_check(target_id, error=failed.message, values=failed.values, now=clock.now())
        flash(words(failed.message, failed.values), "error")
    else:
        service.note_check(target_id, error="", values={}, now=clock.now())
        flash(words(said, {}), "success")
    return redirect(url_for("news.channel", target_id=target_id))


@pages.post("/manage/deliveries/<int:delivery_id>/retry")
@roles(Role.EDITOR)
def retry_delivery(delivery_id: int) -> Answer:
    delivery = service.retry_delivery(delivery_id, by=current_actor(), now=clock.now())
    flash(_("It is tried again now."))
    return redirect(url_for("news.channel", target_id=delivery.target_id))


def words(message: str, values: dict[str, str]) -> str:
    """A msgid of the ledger, in the reader's language."""
    return str(_(message, **values))


def _own(target: ChannelTarget) -> PushChannel:
    kind = feeds.PUSHED.get(target.kind)
    if kind is None or kind.is_built_in:
        raise NotFound
    return kind


def _form(form: TargetForm, channel: PushChannel, target: ChannelTarget | None = None) -> str:
    return render_template("news/edit_channel.html", form=form, channel=channel, target=target)


def _secret(target: ChannelTarget, secret: str) -> str:
    return render_template("news/channel_secret.html", target=target, secret=secret)
