"""Certificates: offered by the organiser, fetched by participants, checked by anybody."""

import re

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.paper_forms import OfferForm, ProofForm, WithdrawForm
from eventsapp.attendance.printing import spaced
from eventsapp.attendance.queries import papers as queries
from eventsapp.attendance.types import FileState
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.own import acting
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import N_, Invalid, NotFound, Refused
from eventsapp.edge import storage
from eventsapp.web.access import current_actor, public, roles
from eventsapp.web.errors import translate
from eventsapp.web.files import private_file
from eventsapp.web.forms import value
from eventsapp.web.limits import limiter

MANAGED = "/manage/workshops/<int:workshop_id>/certificates"
_NOT_OF_A_CODE = re.compile(r"[^0-9A-Z]")


class NoSuchCertificate(Invalid):
    message = N_("There is no certificate with this code. Compare it letter by letter.")
    field = "code"


@pages.route(MANAGED, methods=["GET", "POST"])
@roles(Role.ORGANISER)
def certificates(workshop_id: int) -> str | Response:
    """The terms, and the certificates that people have fetched."""
    workshop = managed(workshop_id)
    offer, terms = queries.find_offer(workshop_id), queries.terms_of(workshop_id)
    form = OfferForm(
        is_offered=terms.is_offered,
        min_days=terms.min_days,
        min_online_minutes=terms.min_online_minutes,
        version=offer.version if offer else "",
    )
    kept = form.accept(
        lambda: service.offer_certificates(
            workshop_id,
            form.terms(),
            by=current_actor(),
            now=clock.now(),
            version=form.shown_version(),
        )
    )
    if kept is not None:
        flash(_("The terms are saved."))
        return redirect(url_for("attendance.certificates", workshop_id=workshop_id))
    return render_template(
        "attendance/certificates.html",
        form=form,
        terms=terms,
        deserving=queries.count_deserving(workshop, terms),
        certificates=queries.list_certificates(workshop_id),
        spaced=spaced,
        **shared(workshop),
    )


@pages.post(f"{MANAGED}/<int:certificate_id>/withdraw")
@roles(Role.ORGANISER)
def withdraw_certificate(workshop_id: int, certificate_id: int) -> Response:
    managed(workshop_id)
    queries.get_certificate(workshop_id, certificate_id)
    form = WithdrawForm()
    try:
        if form.validate_on_submit():
            service.withdraw_certificate(
                certificate_id, reason=value(form.reason), by=current_actor(), now=clock.now()
            )
            flash(_("The certificate is withdrawn. Whoever checks it is told."))
    except Refused as refused:
        if refused.status == 403:
            raise
        flash(translate(refused), "error")
    return redirect(url_for("attendance.certificates", workshop_id=workshop_id))


@pages.post("/r/certificate")
@public
def fetch_certificate() -> Response:
    """Issue one's own certificate; it is made by a worker and waits on one's page."""
    registration, actor = acting()
    try:
        service.issue_certificate(registration.id, by=actor, now=clock.now())
    except Refused as refused:
        if refused.status == 403:
            raise
        flash(translate(refused), "error")
    return redirect(url_for("attendance.mine") + "#certificate")


@pages.get("/r/certificate.pdf")
@public
def own_certificate() -> FlaskResponse:
    registration, _actor = acting()
    found = queries.find_certificate(registration.id)
    if found is None or found.state != FileState.READY or found.withdrawn_at or not found.file_key:
        raise NotFound
    return private_file(
        storage.find(found.file_key), f"{registration.workshop.ref}-certificate.pdf"
    )


@pages.route("/certificates/", methods=["GET", "POST"])
@public
@limiter.limit("60 per hour", methods=["POST"])
def find_certificate() -> str | Response:
    """Where the code of a certificate is typed in."""
    form = ProofForm()
    found = form.accept(lambda: _find(value(form.code)))
    if found is not None:
        return redirect(url_for("attendance.certificate", code=found))
    return render_template("attendance/find_certificate.html", form=form)


def _find(typed: str) -> str:
    try:
        return queries.get_certificate_by_code(_clean(typed)).code
    except NotFound as missing:
        raise NoSuchCertificate from missing


@pages.get("/certificates/<code>")
@public
@limiter.limit("240 per hour")
def certificate(code: str) -> str | tuple[str, int]:
    """Whether a certificate holds, to whoever has it in hand."""
    try:
        found = queries.get_certificate_by_code(_clean(code))
    except NotFound:
        form = ProofForm(formdata=None, code=code[:40])
        form.show_refusal(NoSuchCertificate())
        return render_template("attendance/find_certificate.html", form=form), 404
    return render_template(
        "attendance/certificate.html",
        certificate=found,
        workshop=found.registration.workshop,
        code=spaced(found.code),
    )


def _clean(typed: str) -> str:
    return _NOT_OF_A_CODE.sub("", typed[:60].upper())
