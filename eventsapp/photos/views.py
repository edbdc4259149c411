"""Pages of photos: upload, order, describe; and the files themselves."""

from collections.abc import Iterable
from typing import Any

from flask import (
    Blueprint,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound, Refused
from eventsapp.edge import storage
from eventsapp.edge.pictures import SUFFIX, PictureTooLarge
from eventsapp.photos import forms, queries, rules, service
from eventsapp.photos.offers import OBSTACLE_LABELS
from eventsapp.web.access import current_actor, public, roles
from eventsapp.web.errors import error_page, translate
from eventsapp.web.registry import photo_keepers, story_of
from eventsapp.web.uploads import drop_upload
from eventsapp.workshops import queries as workshops
from eventsapp.workshops.models import Workshop

pages = Blueprint("photos", __name__)
BLUEPRINTS = [pages]

BASE = "/manage/workshops/<int:workshop_id>/photos"
keepers = roles(Role.ORGANISER, Role.STAFF, Role.EDITOR)
REVALIDATE = "public, max-age=0, must-revalidate"
PRIVATE = "private, max-age=0, must-revalidate"


@pages.route(BASE, methods=["GET", "POST"])
@keepers
def index(workshop_id: int) -> str | Answer | tuple[str, int]:
    workshop = _kept(workshop_id)
    form = forms.UploadForm()
    if not form.validate_on_submit():
        return _page(workshop, form)
    added, refused = _take(workshop_id, form.files.data)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(added=added, refused=refused)
    if added:
        flash(ngettext("%(num)d photo added.", "%(num)d photos added.", added))
    if not refused:
        return redirect(url_for("photos.index", workshop_id=workshop_id))
    form.files.errors = [f"{name}: {why}" if name else why for name, why in refused]
    return _page(workshop, form), 422


def _take(workshop_id: int, files: Iterable[Any]) -> tuple[int, list[tuple[str, str]]]:
    """Each file on its own: one that is refused does not take the others with it."""
    added, refused = 0, []
    for upload in files or ():
        if not isinstance(upload, FileStorage) or not upload.filename:
            continue
        try:
            service.add_photo(
                workshop_id,
                upload.read(),
                name=upload.filename,
                by=current_actor(),
                now=clock.now(),
            )
            added += 1
        except Refused as no:
            refused.append((upload.filename, translate(no)))
    if not added and not refused:
        refused.append(("", _("Choose at least one photo.")))
    return added, refused


@pages.errorhandler(RequestEntityTooLarge)
def show_too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """An upload above the limit: said beside its field, to those who may upload at all."""
    drop_upload()
    workshop_id = (request.view_args or {}).get("workshop_id")
    workshop = db.session().get(Workshop, workshop_id) if workshop_id else None
    if workshop is None or not rules.may_keep(workshop, by=current_actor()):
        return error_page(413)
    form = forms.UploadForm(formdata=None)
    form.show_refusal(PictureTooLarge(field="files"))
    return _page(workshop, form), 413


@pages.post(f"{BASE}/order")
@keepers
def order(workshop_id: int) -> Answer:
    """The whole order (``order``: ids), or one photo by one place (``earlier``, ``later``)."""
    _kept(workshop_id)
    by, now = current_actor(), clock.now()
    wanted = [int(part) for part in request.form.get("order", "").split(",") if part.isdecimal()]
    for name, step in (("earlier", -1), ("later", 1)):
        moved = request.form.get(name, type=int)
        if moved is not None:
            service.move_photo(workshop_id, moved, step, by=by, now=now)
            address = url_for("photos.index", workshop_id=workshop_id, moved=moved)
            return redirect(f"{address}#photo-{moved}")
    service.order_photos(workshop_id, wanted, by=by, now=now)
    return redirect(url_for("photos.index", workshop_id=workshop_id))


@pages.route(f"{BASE}/<int:photo_id>", methods=["GET", "POST"])
@keepers
def edit(workshop_id: int, photo_id: int) -> str | Answer:
    workshop = _kept(workshop_id)
    photo = queries.get_photo(workshop_id, photo_id)
    form = forms.PhotoForm(data=forms.form_data(photo))
    people = queries.people_of(workshop_id)
    form.offer(people)
    if form.accept(
        lambda: service.describe_photo(
            workshop_id, photo_id, form.draft(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("photos.index", workshop_id=workshop_id))
    return render_template(
        "photos/edit.html",
        photo=queries.get_photo(workshop_id, photo_id),
        form=form,
        refusing=[one.name for one in people if not one.agreed],
        **_shared(workshop),
    )


@pages.route(f"{BASE}/<int:photo_id>/remove", methods=["GET", "POST"])
@keepers
def remove(workshop_id: int, photo_id: int) -> str | Answer:
    """Ask first: the file cannot be had back."""
    workshop = _kept(workshop_id)
    photo = queries.get_photo(workshop_id, photo_id)
    if request.method == "GET":
        return render_template("photos/remove.html", photo=photo, **_shared(workshop))
    try:
        service.remove_photo(workshop_id, photo_id, by=current_actor(), now=clock.now())
        flash(_("The photo is removed."))
    except rules.PhotoPublished as refused:
        flash(translate(refused), "error")
    return redirect(url_for("photos.index", workshop_id=workshop_id))


@pages.get("/photos/<key>")
@public
def file(key: str) -> Answer:
    """A published photo for everybody; any other for those who keep it."""
    if not key.endswith(SUFFIX):
        raise NotFound
    is_public = any(keeper.is_public(key) for keeper in photo_keepers())
    if not is_public and not _may_see(key):
        raise NotFound
    if not storage.exists(key):
        raise storage.FileMissing
    answer = send_file(
        storage.path(key), mimetype="image/jpeg", etag=key.partition(".")[0], conditional=True
    )
    answer.headers["Cache-Control"] = REVALIDATE if is_public else PRIVATE
    if is_public:
        # Sites and feed readers that news is sent to show it, too.
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _may_see(key: str) -> bool:
    actor = current_actor()
    return actor.is_signed_in and any(keeper.may_see(key, actor) for keeper in photo_keepers())


def _kept(workshop_id: int) -> Workshop:
    workshop = workshops.get_workshop(workshop_id)
    rules.check_may_keep(workshop, by=current_actor())
    return workshop


def _page(workshop: Workshop, form: forms.UploadForm) -> str:
    return render_template(
        "photos/index.html",
        form=form,
        photos=queries.shown_photos(workshop),
        obstacle_labels=OBSTACLE_LABELS,
        moved=request.args.get("moved", type=int),
        **_shared(workshop),
    )


def _shared(workshop: Workshop) -> dict[str, Any]:
    return {"workshop": workshop, "story": story_of(workshop, "reports")}
