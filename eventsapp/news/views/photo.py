"""An article's own photo: the file, its crop and its words."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.edge.pictures import PictureTooLarge
from eventsapp.news import forms, queries, rules, service
from eventsapp.news.models import Article
from eventsapp.news.views.articles import BASE, press_back, writers
from eventsapp.news.views.blueprint import pages
from eventsapp.news.working import languages_in_work
from eventsapp.photos.forms import PictureForm, picture_data
from eventsapp.web.access import current_actor
from eventsapp.web.errors import error_page
from eventsapp.web.uploads import drop_upload


@pages.route(f"{BASE}/photo", methods=["GET", "POST"])
@writers
def photo(article_id: int) -> str | Answer:
    """What is said of the photo and how it is cut; the way to one where there is none."""
    article = _illustrated(article_id)
    if article.photo is None:
        return redirect(url_for("news.new_photo", article_id=article_id))
    form = PictureForm(data=picture_data(article.photo, article.version))
    by, now = current_actor(), clock.now()
    if form.accept(lambda: service.describe_photo(article_id, form.draft(), by=by, now=now)):
        flash(_("Saved."))
        return redirect(url_for("news.article", article_id=article_id))
    return render_template(
        "news/photo.html",
        article=article,
        form=form,
        ready=languages_in_work(article),
    )


@pages.route(f"{BASE}/photo/new", methods=["GET", "POST"])
@writers
def new_photo(article_id: int) -> str | Answer:
    article, form = _illustrated(article_id), forms.ArticlePhotoForm()
    by, now = current_actor(), clock.now()
    if form.accept(lambda: service.put_photo(article_id, form.content(), by=by, now=now)):
        flash(_("Added. Say what it shows, and who can be recognised in it."))
        return redirect(url_for("news.photo", article_id=article_id))
    return _upload_page(article, form)


@pages.route(f"{BASE}/photo/remove", methods=["GET", "POST"])
@writers
def remove_photo(article_id: int) -> str | Answer:
    """Ask first: what was said of it cannot be had back."""
    article = _illustrated(article_id)
    if request.method == "GET":
        return render_template("news/remove_photo.html", article=article)
    by, now = current_actor(), clock.now()
    if request.form.get("act") == "withdraw":
        return press_back(
            article_id,
            lambda: service.withdraw_photo(article_id, by=by, now=now),
            _("The photo is gone everywhere. Readers see that the article was corrected."),
        )
    return press_back(
        article_id,
        lambda: service.remove_photo(article_id, by=by, now=now),
        _("The photo is removed."),
    )


@pages.errorhandler(RequestEntityTooLarge)
def show_too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """A photo above the limit: said beside its field, to those who may add one."""
    drop_upload()
    is_photo = request.endpoint == "news.new_photo"
    if not is_photo or not rules.may_publish(by=current_actor()):
        return error_page(413)
    form = forms.ArticlePhotoForm(formdata=None)
    form.show_refusal(PictureTooLarge())
    return _upload_page(_illustrated((request.view_args or {})["article_id"]), form), 413


def _illustrated(article_id: int) -> Article:
    """An article that has a photo of its own, or may have one; raises NotFound."""
    article = queries.get_article(article_id)
    rules.check_takes_photo(article)
    return article


def _upload_page(article: Article, form: forms.ArticlePhotoForm) -> str:
    return render_template("news/new_photo.html", article=article, form=form)
