"""Pages on which projects, donors and organisations are kept."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.projects import forms, queries, service
from eventsapp.projects.models import Project
from eventsapp.web.access import current_actor, roles
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
    return render_template("projects/edit.html", form=form, project=None)


@pages.route("/manage/projects/<slug>", methods=["GET", "POST"])
@may_manage
def edit(slug: str) -> str | Answer:
    project = queries.get_by_slug(slug)
    form = forms.ProjectForm(data=_form_data(project))
    _offer(form)
    if form.accept(lambda: _save(project.id, form)):
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template("projects/edit.html", form=form, project=project)


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
    if form.accept(
        lambda: service.register_donor(
            form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("projects.manage_index"))
    return render_template("projects/new_donor.html", form=form)


def _offer(form: forms.ProjectForm) -> None:
    lang = current_language()
    form.offer(
        [(row.id, row.name.text(lang)) for row in queries.list_organisations()],
        [(row.id, row.name.text(lang)) for row in queries.list_donors()],
    )


def _save(project_id: int, form: forms.ProjectForm) -> Project:
    seen = form.version.data or ""
    return service.describe_project(
        project_id,
        form.draft(),
        version=int(seen) if seen.isdigit() else -1,
        by=current_actor(),
        now=clock.now(),
    )


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
    }
