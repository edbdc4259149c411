"""Tests about the code: endpoints, templates, links and jobs hang together."""

import re
from pathlib import Path

import pytest
from flask import Flask

from eventsapp.config import ROOT
from eventsapp.edge.jobs import registry as jobs
from eventsapp.web import access
from eventsapp.web.access import AccessNotDeclared

TEMPLATES = ROOT / "templates"
CODE = ROOT / "eventsapp"

# Found by a name that is put together: one template a block kind, one folder a mail, prose by
# language and section, the question types' own widgets, a form's part by its status.
BY_CONVENTION = ("mail/", "documents/", "reports/prose/", "questions/", "feedback/_")


def templates() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}


def sources() -> str:
    python = [path.read_text("utf-8") for path in CODE.rglob("*.py")]
    jinja = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")]
    return "\n".join([*python, *jinja])


def test_every_endpoint_declares_its_access(sqlite_app: Flask) -> None:
    undeclared = [
        endpoint
        for endpoint in sqlite_app.view_functions
        if access.declared_access(sqlite_app, endpoint) is None
    ]
    assert undeclared == []


def test_an_endpoint_without_access_stops_the_start() -> None:
    app = Flask("bare")
    app.add_url_rule("/open", "open", lambda: "open")
    with pytest.raises(AccessNotDeclared, match="open"):
        access.check_declared(app)


def test_nothing_under_manage_is_public(sqlite_app: Flask) -> None:
    public = {
        rule.rule
        for rule in sqlite_app.url_map.iter_rules()
        if rule.rule.startswith("/manage")
        and not rule.endpoint.startswith("security.")
        and not access.declared_access(sqlite_app, rule.endpoint)
    }
    assert public == set()


def test_no_template_is_an_orphan() -> None:
    code = sources()
    orphans = {
        name
        for name in templates()
        if not name.startswith(BY_CONVENTION)
        and f'"{name}"' not in code
        and f"'{name}'" not in code
    }
    assert {name for name in orphans if not name.startswith("security/")} == set()


def test_every_template_compiles(sqlite_app: Flask) -> None:
    for name in sorted(templates()):
        if name.endswith(".html") and not name.startswith(("documents/", "reports/prose/")):
            sqlite_app.jinja_env.get_template(name)


def test_every_link_resolves(sqlite_app: Flask) -> None:
    broken = {
        (str(path.relative_to(ROOT)), name)
        for path in [*CODE.rglob("*.py"), *TEMPLATES.rglob("*.html")]
        for name in re.findall(r"url_for\(\s*['\"]([\w.]+)['\"]", path.read_text("utf-8"))
        # Inside its own blueprint, named after its folder, an endpoint is ".name".
        if (path.parent.name + name if name.startswith(".") else name)
        not in sqlite_app.view_functions
    }
    assert broken == set()


def test_every_static_file_that_pages_name_exists() -> None:
    named = set(re.findall(r"url_for\('static', filename='([^']+)'\)", sources()))
    assert {name for name in named if not (CODE / "static" / name).is_file()} == set()


def test_every_job_name_resolves(sqlite_app: Flask) -> None:
    enqueued = set(re.findall(r"enqueue\(\s*\"([\w.]+)\"", sources()))
    assert {name for name in enqueued if name not in jobs.registered_names()} == set()


def test_pages_have_no_inline_script_or_style() -> None:
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|\sstyle=|<style|javascript:"
        r"|\son(?:click|load|change|submit|input|error|focus|blur|key\w+|mouse\w+|pointer\w+)="
    )
    found = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        # Mails need inline styles; documents are checked where they become pages.
        if not str(path.relative_to(TEMPLATES)).startswith(("mail/", "documents/"))
        and forbidden.search(path.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize("folder", ["eventsapp", "templates", "tests", "migrations"])
def test_nothing_names_a_machine_or_a_registry(folder: str) -> None:
    address = re.compile(r"(?:pypi|pythonhosted|npmjs|debian)\.org|/(?:root|home|work)/")
    named = {
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".js", ".css", ".md", ".sh"}
        and path != Path(__file__)
        and "vendor" not in path.parts
        and address.search(path.read_text("utf-8"))
    }
    assert named == set()
