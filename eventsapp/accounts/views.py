"""Pages about accounts: everybody's own, everybody's for administrators, lost passwords."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventsapp.accounts import links, queries, service, sessions
from eventsapp.accounts.forms import (
    ChangePasswordForm,
    DetailsForm,
    ForgottenForm,
    NewPasswordForm,
    NewUserForm,
    RolesForm,
)
from eventsapp.accounts.jobs import link_secrets
from eventsapp.accounts.labels import (
    ROLE_HINTS,
    ROLE_LABELS,
    STATE_LABELS,
    role_words,
    user_rows,
)
from eventsapp.accounts.models import User
from eventsapp.accounts.rules import LinkNotValid
from eventsapp.accounts.types import Order, State, UserFilter
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.texts import RIGHT_TO_LEFT
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from eventsapp.web.access import any_role, current_actor, public, roles
from eventsapp.web.limits import limiter
from eventsapp.web.locale import current_language

blueprint = Blueprint("accounts", __name__)
BLUEPRINTS = [blueprint]

Answer = str | Response | tuple[str, int]


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {
        "role_labels": ROLE_LABELS,
        "role_hints": ROLE_HINTS,
        "role_words": role_words,
        "state_labels": STATE_LABELS,
    }


@blueprint.get("/manage/users")
@roles(Role.ADMIN)
def users() -> Answer:
    wanted = _wanted()
    return render_template(
        "accounts/users.html",
        page=queries.page_of_users(wanted, page=request.args.get("page", 1, int)),
        wanted=wanted,
        page_url=lambda number: url_for(".users", **_narrowed(), page=number),
        name_column=_sortable(_("Name"), "name", wanted.order),
        seen_column=_sortable(_("Last signed in"), "seen", wanted.order),
        exports=[
            (kind.upper(), url_for(".export_users", kind=kind, **_narrowed()))
            for kind in ("csv", "xlsx")
        ],
    )


@blueprint.get("/manage/users.<any(csv, xlsx):kind>")
@roles(Role.ADMIN)
def export_users(kind: str) -> Answer:
    """The list as it was narrowed, as a file."""
    rows = user_rows(queries.list_users(_wanted()))
    is_rtl = current_language() in RIGHT_TO_LEFT
    content = write_csv(rows) if kind == "csv" else write_xlsx(rows, right_to_left=is_rtl)
    answer = Response(content, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="users.{kind}"'
    return answer


@blueprint.route("/manage/users/new", methods=["GET", "POST"])
@roles(Role.ADMIN)
def new_user() -> Answer:
    form = NewUserForm()
    user = form.accept(
        lambda: service.create_user(
            form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    )
    if user is None:
        return _page("accounts/new_user.html", form)
    flash(_("%(name)s was invited: a mail is on its way.", name=user.name), "success")
    return redirect(url_for(".user", user_id=user.id))


@blueprint.route("/manage/users/<int:user_id>", methods=["GET", "POST"])
@roles(Role.ADMIN)
def user(user_id: int) -> Answer:
    """One person: who they are, and which roles they hold."""
    person = queries.get_user(user_id)
    form = RolesForm(data={"roles": person.role_set, "version": person.version})
    changed = form.accept(
        lambda: service.set_roles(
            user_id,
            form.roles.roles(),
            by=current_actor(),
            now=clock.now(),
            version=form.shown_version(),
        )
    )
    if changed is None:
        return _page("accounts/user.html", form, person=person)
    flash(_("The roles of %(name)s are saved.", name=person.name), "success")
    return redirect(url_for(".user", user_id=user_id))


@blueprint.post("/manage/users/<int:user_id>/deactivate")
@roles(Role.ADMIN)
def deactivate(user_id: int) -> Answer:
    person = service.deactivate_user(user_id, by=current_actor(), now=clock.now())
    flash(_("%(name)s can no longer sign in. You can undo this here.", name=person.name))
    return redirect(url_for(".user", user_id=user_id))


@blueprint.post("/manage/users/<int:user_id>/reactivate")
@roles(Role.ADMIN)
def reactivate(user_id: int) -> Answer:
    person = service.reactivate_user(user_id, by=current_actor(), now=clock.now())
    flash(_("%(name)s can sign in again.", name=person.name), "success")
    return redirect(url_for(".user", user_id=user_id))


@blueprint.post("/manage/users/<int:user_id>/invite")
@roles(Role.ADMIN)
def invite(user_id: int) -> Answer:
    person = service.invite_again(user_id, by=current_actor(), now=clock.now())
    flash(_("A link to set a password is on its way to %(mail)s.", mail=person.email), "success")
    return redirect(url_for(".user", user_id=user_id))


@blueprint.route("/manage/users/<int:user_id>/second-factor", methods=["GET", "POST"])
@roles(Role.ADMIN)
def reset_second_factor(user_id: int) -> Answer:
    """Asks first, naming what will be lost."""
    person = queries.get_user(user_id)
    if request.method == "GET":
        return render_template("accounts/reset_second_factor.html", person=person)
    service.reset_second_factor(user_id, by=current_actor(), now=clock.now())
    flash(_("%(name)s now signs in with the password alone.", name=person.name), "success")
    return redirect(url_for(".user", user_id=user_id))


# One's own account.


@blueprint.route("/manage/account", methods=["GET", "POST"])
@any_role
def account() -> Answer:
    me = _me()
    form = DetailsForm(data={"name": me.name, "lang": me.lang})
    changed = form.accept(
        lambda: service.change_details(
            me.id, name=form.name.data, lang=form.lang.data, by=current_actor(), now=clock.now()
        )
    )
    if changed is None:
        sessions_open = queries.count_sessions(me, now=clock.now())
        return _page("accounts/account.html", form, me=me, others=max(0, sessions_open - 1))
    flash(_("Your details are saved."), "success")
    return redirect(url_for(".account"))


@blueprint.route("/manage/account/password", methods=["GET", "POST"])
@any_role
@limiter.limit("10 per 15 minutes", key_func=lambda: current_actor().key, methods=["POST"])
def change_password() -> Answer:
    form = ChangePasswordForm()
    changed = form.accept(
        lambda: service.change_password(
            _me().id,
            form.current.data,
            form.password.data,
            by=current_actor(),
            now=clock.now(),
        )
    )
    if changed is None:
        return _page("accounts/change_password.html", form)
    # Every sign-in has ended, this one too: here, where the password was known, it goes on.
    sessions.sign_in(changed)
    flash(_("Your password is changed. Other devices are signed out."), "success")
    return redirect(url_for(".account"))


@blueprint.post("/manage/account/sign-out-elsewhere")
@any_role
def sign_out_elsewhere() -> Answer:
    service.end_other_sessions(
        _me().id, sessions.current_key_hash(), by=current_actor(), now=clock.now()
    )
    flash(_("All other devices are signed out."), "success")
    return redirect(url_for(".account"))


# Lost and first passwords: for those who cannot sign in.


@blueprint.route("/login/forgotten", methods=["GET", "POST"])
@public
@limiter.limit("20 per hour", methods=["POST"])
@limiter.limit("5 per hour", key_func=lambda: request.form.get("email", ""), methods=["POST"])
def forgotten() -> Answer:
    """The answer is the same whether the address is known or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return _page("accounts/forgotten.html", form)
    service.ask_for_password_link(form.email.data, by=current_actor(), now=clock.now())
    return render_template("accounts/forgotten_sent.html")


@blueprint.route("/login/new-password", methods=["GET", "POST"])
@public
@limiter.limit("30 per hour", methods=["POST"])
def new_password() -> Answer:
    """The code comes from the address's fragment, by script, or is copied from the mail."""
    form = NewPasswordForm()
    changed = form.accept(lambda: _use_code(form))
    if changed is None:
        return _page("accounts/new_password.html", form)
    flash(_("Your password is set. Sign in with it."), "success")
    return redirect(url_for("security.login"))


def _use_code(form: NewPasswordForm) -> User:
    try:
        claim = links.read_token(form.code.data, secrets=link_secrets(), now=clock.now())
        return service.set_password(claim, form.password.data, now=clock.now())
    except LinkNotValid as refused:
        refused.field = "code"
        raise


def _me() -> User:
    me: User = current_user._get_current_object()  # noqa: SLF001 - the proxy's documented way
    return me


def _page(template: str, form: object, **context: object) -> Answer:
    """The form, empty or with what is wrong; a program sees from the status which it is."""
    page = render_template(template, form=form, **context)
    return (page, 422) if request.method == "POST" else page


def _wanted() -> UserFilter:
    role, state, order = (request.args.get(name, "") for name in ("role", "state", "sort"))
    return UserFilter(
        text=request.args.get("q", "").strip()[:200],
        role=Role(role) if role in set(Role) else None,
        state=State(state) if state in set(State) else None,
        order=Order(order) if order in set(Order) else Order.NAME,
    )


def _sortable(label: str, key: str, order: Order) -> dict[str, str]:
    """A column's head: where it leads, and how the list is sorted by it now."""
    is_up = order == key
    return {
        "label": label,
        "sort_url": url_for(".users", **_narrowed() | {"sort": f"-{key}" if is_up else key}),
        "sorted": "ascending" if is_up else "descending" if order == f"-{key}" else "",
    }


def _narrowed() -> dict[str, Any]:
    """The filter as the address holds it."""
    names = ("q", "role", "state", "sort")
    return {name: request.args[name] for name in names if request.args.get(name)}
