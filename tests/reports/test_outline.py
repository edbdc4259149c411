"""Which sections a report has: chosen for a project, or for one report."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import Role
from eventsapp.core.errors import Stale
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.documents.blocks import Heading
from eventsapp.news.compose import compose_article
from eventsapp.reports import queries, rules, service
from eventsapp.reports.outline import arranged, moved
from eventsapp.reports.types import Outline, Place
from eventsapp.workshops.models import Workshop
from tests.factories.reports import NOW, approve, drafts, submit
from tests.factories.workshops import make_actor, make_workshop, sign_in
from tests.pages import hidden_fields, text_of

AIMS = Texts.of(en="What we set out to do", fr="Nos ambitions")


def other_outline(**places: Place) -> Outline:
    """The usual one with the outlook second and other places as given."""
    usual = {place.key: place for place in queries.usual_outline()} | places
    keys = moved(list(usual), "outlook", 1 - list(usual).index("outlook"))
    return tuple(usual[key] for key in keys)


OWN = {
    "objectives": Place("objectives", title=AIMS),
    "background": Place("background", is_shown=False),
}


def headings(workshop: Workshop, lang: str = "en") -> list[str]:
    sheet = queries.live_sheet(workshop, lang)
    blocks = queries.compose(sheet, queries.current_prose(None, sheet))
    return [block.text for block in blocks if isinstance(block, Heading)]


def test_a_stored_outline_keeps_its_order_and_new_sections_take_their_usual_place() -> None:
    sections = queries.all_sections().values()
    stored = [Place("outlook").to_json(), Place("summary", is_shown=False).to_json()]
    gone = [{"key": "no_longer_there", "shown": True, "title": {}}]
    places = arranged([*stored, *gone], sections)
    keys = [place.key for place in places]
    assert sorted(keys) == sorted(section.key for section in sections)
    assert (keys[0], keys.index("outlook") < keys.index("summary")) == ("cover", True)
    assert arranged(None, sections) == queries.usual_outline()


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 5, "abc"), ("x", 1, "abc")],
)
def test_a_section_moves_within_the_list_and_not_out_of_it(key: str, by: int, order: str) -> None:
    assert moved(["a", "b", "c"], key, by) == list(order)


def test_a_report_has_the_sections_of_its_project_until_it_has_its_own(app: Flask) -> None:
    workshop, author = make_workshop(), make_actor(Role.STAFF)
    usual = headings(workshop)
    service.arrange_template(
        workshop.project_id, other_outline(**OWN), version=0, by=author, now=NOW
    )
    arranged_by_project = headings(workshop)
    assert "Background" in usual
    assert "Background" not in arranged_by_project
    assert AIMS.text("en") in arranged_by_project
    assert headings(workshop, "ar").count("الأهداف") == 1
    usual_again = queries.usual_outline()
    service.arrange_report(workshop.id, usual_again, version=0, by=author, now=NOW)
    assert headings(workshop) == usual
    version = queries.get_report(workshop.id).version
    service.arrange_report(workshop.id, None, version=version, by=author, now=NOW)
    assert headings(workshop) == arranged_by_project


def test_what_was_approved_keeps_its_sections(app: Flask) -> None:
    workshop, author = make_workshop(), make_actor(Role.STAFF)
    service.arrange_report(workshop.id, other_outline(**OWN), version=0, by=author, now=NOW)
    submit(workshop, by=author)
    snapshot = approve(workshop, by=make_actor(Role.EDITOR))
    sheet = queries.frozen_sheet(snapshot, "en")
    assert [place.to_json() for place in sheet.outline] == snapshot.content["outline"]
    assert "background" not in snapshot.content["prose"]["en"]
    article = compose_article(snapshot, "en", identifier="a", now=NOW)
    told = [block.text for block in article.blocks if isinstance(block, Heading)]
    assert ("Background" in told, AIMS.text("en") in told) == (False, True)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda places: places[1:],
        lambda places: (*places, places[1]),
        lambda places: (places[1], places[0], *places[2:]),
        lambda places: tuple(Place(place.key, is_shown=False) for place in places),
    ],
    ids=["one too few", "one twice", "the cover second", "nothing shown"],
)
def test_an_outline_that_could_not_be_a_report_is_refused(sqlite_app: Flask, wrong: object) -> None:
    workshop = make_workshop()
    with pytest.raises(rules.OutlineUnknown):
        service.arrange_report(
            workshop.id,
            wrong(queries.usual_outline()),  # type: ignore[operator]
            version=0,
            by=make_actor(Role.STAFF),
            now=NOW,
        )


def test_who_arranges_second_is_told(app: Flask) -> None:
    workshop, author = make_workshop(), make_actor(Role.STAFF)
    for _ in range(2):
        outline, version = queries.usual_outline(), 0
        if queries.find_template(workshop.project_id):
            with pytest.raises(Stale):
                service.arrange_template(
                    workshop.project_id, outline, version=version, by=author, now=NOW
                )
        else:
            service.arrange_template(
                workshop.project_id, outline, version=version, by=author, now=NOW
            )


def test_sections_are_moved_named_and_left_out_without_scripts(client: FlaskClient) -> None:
    workshop = make_workshop()
    sign_in(client, Role.STAFF)
    path = f"/manage/workshops/{workshop.id}/report/sections"
    page = client.get(path).text
    order = [place.key for place in queries.usual_outline()]
    shown = {f"shown-{key}": "y" for key in order if key != "background"}
    typed = {**hidden_fields(page), **shown, "title-objectives-en": "Aims"}
    sent = client.post(path, data={**typed, "order": order, "move": "up:outlook"})
    at = order.index("outlook")
    assert sent.status_code == 200
    assert sent.text.index(f'value="{order[at]}"') < sent.text.index(f'value="{order[at - 1]}"')
    assert 'value="Aims"' in sent.text
    assert queries.find_report(workshop.id) is None
    moved_order = moved(order, "outlook", -1)
    saved = client.post(path, data={**typed, "order": moved_order})
    assert saved.status_code == 302
    outline = queries.outline_of(workshop)
    assert [place.key for place in outline] == moved_order
    assert {place.key: place.title for place in outline if place.title} == {
        "objectives": Texts.of(en="Aims")
    }
    assert [place.key for place in outline if not place.is_shown] == ["background"]
    editor = client.get(f"/manage/workshops/{workshop.id}/report").text
    assert ('name="background"' in editor, 'name="outlook"' in editor) == (False, True)


def test_a_projects_page_for_its_reports_saves_and_goes_back(client: FlaskClient) -> None:
    workshop = make_workshop()
    sign_in(client, Role.STAFF)
    path = f"/manage/projects/{workshop.project.slug}/report-template"
    order = [place.key for place in queries.usual_outline()]
    shown = {f"shown-{key}": "y" for key in order if key != "quotes"}
    data = {**hidden_fields(client.get(path).text), **shown, "order": order}
    assert client.post(path, data=data).status_code == 302
    hidden = [one.key for one in queries.template_outline(workshop.project_id) if not one.is_shown]
    assert hidden == ["quotes"]
    page = client.get(path).text
    assert "Back to the usual sections" in text_of(page)
    reset = {**hidden_fields(page), "order": order, "act": "reset"}
    assert client.post(path, data=reset).status_code == 302
    assert queries.template_outline(workshop.project_id) == queries.usual_outline()


def test_a_place_survives_its_storing() -> None:
    place = Place("objectives", is_shown=False, title=AIMS)
    assert Place.from_json(place.to_json()) == place
    assert Place.from_json({"key": "a", "shown": True, "title": {}}).title == NO_TEXT


def test_every_section_drafts_whether_it_is_shown_or_not(sqlite_app: Flask) -> None:
    workshop = make_workshop()
    assert set(drafts(workshop)) == {section.key for section in queries.written_sections()}
