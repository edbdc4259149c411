"""Pages on which projects, donors and organisations are kept."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.edge import pictures, storage
from eventsapp.edge.pictures import EMBLEM_SUFFIX, PictureRefused
from eventsapp.projects import forms, queries, service
from eventsapp.projects.models import Donor, Project
from eventsapp.web.access import current_actor, public, roles
from eventsapp.web.forms import texts_to_form
from eventsapp.web.locale import current_language

pages = Blueprint("projects", __name__)
BLUEPRINTS = [pages]

may_manage = roles(Role.ORGANISER, Role.STAFF)


@pages.get("/manage/projects/")
@may_manage
def manage_index() -> str:
    return render_template(
        "projects/manage_index.html",
        projects=queries.list_projects(),
        donors=queries.list_donors(),
        organisations=queries.list_organisations(),
    )


@pages.route("/manage/projects/new", methods=["GET", "POST"])
@may_manage
def new() -> str | Answer:
    form = forms.ProjectForm()
    _offer(form)
    project = form.accept(
        lambda: service.register_project(
            form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    )
    if project:
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template("projects/edit.html", form=form, project=None, disclaimers=())


@pages.route("/manage/projects/<slug>", methods=["GET", "POST"])
@may_manage
def edit(slug: str) -> str | Answer:
    project = queries.get_by_slug(slug)
    form = forms.ProjectForm(data=_form_data(project))
    _offer(form)
    if form.accept(lambda: _save(project.id, form)):
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template(
        "projects/edit.html",
        form=form,
        project=project,
        disclaimers=queries.list_disclaimers(project.id),
    )


@pages.route("/manage/organisations/new", methods=["GET", "POST"])
@may_manage
def new_organisation() -> str | Answer:
    form = forms.OrganisationForm()
    if form.accept(
        lambda: service.register_organisation(
            form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template("projects/new_organisation.html", form=form)


@pages.route("/manage/donors/new", methods=["GET", "POST"])
@may_manage
def new_donor() -> str | Answer:
    form = forms.DonorForm()
    form.offer("")
    if form.accept(
        lambda: service.register_donor(
            form.draft(_emblem(form)), by=current_actor(), now=clock.now(), key=form.key()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template("projects/edit_donor.html", form=form, donor=None)


@pages.route("/manage/donors/<int:donor_id>", methods=["GET", "POST"])
@may_manage
def edit_donor(donor_id: int) -> str | Answer:
    donor = db.get(Donor, donor_id)
    form = forms.DonorForm(data=forms.donor_data(donor))
    form.offer(donor.emblem)
    if form.accept(
        lambda: service.describe_donor(
            donor_id,
            form.draft(_emblem(form)),
            version=_seen(form),
            by=current_actor(),
            now=clock.now(),
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template("projects/edit_donor.html", form=form, donor=donor)


def _emblem(form: forms.DonorForm) -> str:
    """The uploaded logo, normalised and kept, or what was chosen."""
    upload = form.emblem_file.data
    if not upload or not upload.filename:
        return str(form.emblem.data or "")
    try:
        return storage.put(pictures.normalise_emblem(upload.read()).data, EMBLEM_SUFFIX)
    except PictureRefused as refused:
        refused.field = "emblem_file"
        raise


@pages.get("/emblems/<key>")
@public
def emblem(key: str) -> Answer:
    """A donor's logo as it was uploaded; nothing else that is stored."""
    if not queries.is_emblem(key) or not key.endswith(EMBLEM_SUFFIX) or not storage.exists(key):
        raise NotFound
    answer = send_file(
        storage.path(key), mimetype="image/png", etag=key.partition(".")[0], conditional=True
    )
    answer.headers["Cache-Control"] = "public, max-age=86400"
    # An acknowledgement goes with the article to every site that news is sent to.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@pages.route("/manage/projects/<slug>/derogations", methods=["GET", "POST"])
@may_manage
def derogations(slug: str) -> str | Answer:
    project = queries.get_by_slug(slug)
    form = forms.DerogationForm()
    lang = current_language()
    form.offer([(donor.id, donor.name.text(lang)) for donor in project.donors])
    if form.accept(
        lambda: service.grant_derogation(
            project.id, form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    ):
        flash(_("Noted. The donor is not shown until it ends."))
        return redirect(url_for("projects.derogations", slug=slug))
    return render_template(
        "projects/derogations.html",
        project=project,
        form=form,
        rows=queries.list_derogations(project.id),
        today=clock.now().date(),
    )


@pages.post("/manage/projects/<slug>/derogations/<int:derogation_id>/end")
@may_manage
def end_derogation(slug: str, derogation_id: int) -> Answer:
    project = queries.get_by_slug(slug)
    service.end_derogation(project.id, derogation_id, by=current_actor(), now=clock.now())
    flash(_("Ended. The donor is shown again in what is approved from now on."))
    return redirect(url_for("projects.derogations", slug=slug))


@pages.route("/manage/projects/<slug>/contracts", methods=["GET", "POST"])
@may_manage
def contracts(slug: str) -> str | Answer:
    project = queries.get_by_slug(slug)
    form = _contract_form(project)
    if form.accept(
        lambda: service.add_contract(
            project.id, form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("projects.contracts", slug=slug))
    rows = queries.list_contracts(project.id)
    return render_template("projects/contracts.html", project=project, form=form, rows=rows)


@pages.route("/manage/projects/<slug>/contracts/<int:contract_id>", methods=["GET", "POST"])
@may_manage
def edit_contract(slug: str, contract_id: int) -> str | Answer:
    project = queries.get_by_slug(slug)
    contract = queries.get_contract(project, contract_id)
    form = _contract_form(project, forms.contract_data(contract))
    if form.accept(
        lambda: service.describe_contract(
            project.id,
            contract_id,
            form.draft(),
            version=_seen(form),
            by=current_actor(),
            now=clock.now(),
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("projects.contracts", slug=slug))
    return render_template(
        "projects/edit_contract.html", project=project, contract=contract, form=form
    )


def _contract_form(project: Project, data: dict[str, Any] | None = None) -> forms.ContractForm:
    form, lang = forms.ContractForm(data=data), current_language()
    form.offer([(donor.id, donor.name.text(lang)) for donor in project.donors])
    return form


def _offer(form: forms.ProjectForm) -> None:
    lang = current_language()
    form.offer(
        [(row.id, row.name.text(lang)) for row in queries.list_organisations()],
        [(row.id, row.name.text(lang)) for row in queries.list_donors()],
    )


def _save(project_id: int, form: forms.ProjectForm) -> Project:
    return service.describe_project(
        project_id, form.draft(), version=_seen(form), by=current_actor(), now=clock.now()
    )


def _seen(form: forms.ProjectForm | forms.DonorForm | forms.ContractForm) -> int:
    seen = form.version.data or ""
    return int(seen) if seen.isdecimal() else -1


def _form_data(project: Project) -> dict[str, Any]:
    return {
        "version": project.version,
        "acronym": project.acronym,
        "name": texts_to_form(project.name),
        "organisation_id": project.organisation_id,
        "donor_ids": [donor.id for donor in project.donors],
        "summary": texts_to_form(project.summary),
        "background": texts_to_form(project.background),
        "disclaimer": texts_to_form(project.disclaimer),
        "contract_number": project.contract_number,
        "url": project.url,
        "reports_sex": project.reports_sex,
        "accent": project.accent,
    }
