"""News by mail: asking for it, confirming, and leaving; no code stands in a logged address."""

from flask import Response, render_template, request
from flask.blueprints import BlueprintSetupState

from eventsapp.core import clock
from eventsapp.news.forms.subscribing import CodeForm, SubscribeForm
from eventsapp.news.links import Purpose, find_by_code
from eventsapp.news.service import subscribers
from eventsapp.news.views.blueprint import pages
from eventsapp.web.access import public
from eventsapp.web.forms import value
from eventsapp.web.limits import limiter
from eventsapp.web.untraced import untraced

Page = tuple[str, int]


@pages.route("/news/mail/", methods=["GET", "POST"])
@public
@limiter.limit("20 per hour", methods=["POST"])
@limiter.limit("300 per hour", key_func=lambda: "everybody", methods=["POST"])
@limiter.limit(
    "5 per day", key_func=lambda: request.form.get("email", "").casefold(), methods=["POST"]
)
def subscribe() -> str | Page:
    """Ask for news; the answer is the same whoever is subscribed."""
    form = SubscribeForm()
    if not form.validate_on_submit():
        return _page("news/subscribe.html", form)
    subscribers.ask_to_subscribe(form.draft(), now=clock.now())
    return render_template("news/subscribe_sent.html", address=value(form.email))


@pages.route("/news/mail/confirm", methods=["GET", "POST"])
@public
@limiter.limit("60 per hour", methods=["POST"])
def confirm_subscription() -> str | Page:
    form = CodeForm()
    subscriber = form.accept(
        lambda: subscribers.confirm_subscription(value(form.code), now=clock.now())
    )
    if subscriber is None:
        return _page("news/confirm_subscription.html", form)
    return render_template("news/confirmed.html")


@pages.route("/news/mail/leave", methods=["GET", "POST"])
@public
@limiter.limit("60 per hour", methods=["POST"])
def leave() -> str | Page:
    form = CodeForm()
    if not form.validate_on_submit():
        return _page("news/leave.html", form)
    subscribers.leave(value(form.code), now=clock.now())
    return render_template("news/left.html")


@pages.route("/news/mail/one-click", methods=["GET", "POST"])
@public
@untraced
def leave_at_once() -> str | Page | Response:
    """What a mail program posts to (RFC 8058), knowing nothing but this address.

    The code has to stand in it, so no log keeps a request to it. A person who opens it is asked
    first: programs that look through mails open every link, and post to none.
    """
    code = request.args.get("code", "")[:60]
    if request.method == "POST":
        subscribers.leave(code, now=clock.now())
        return render_template("news/left.html")
    if find_by_code(code, Purpose.LEAVE) is None:
        return render_template("news/left.html")
    return render_template("news/leave_at_once.html", code=code)


@pages.record_once
def _exempt(state: BlueprintSetupState) -> None:
    # A mail program has no session that a token could be bound to; the code is proof enough.
    state.app.extensions["csrf"].exempt(leave_at_once)


def _page(template: str, form: SubscribeForm | CodeForm) -> str | Page:
    page = render_template(template, form=form)
    return (page, 422) if request.method == "POST" else page
