"""Every kind of public page, in three languages, under the Nu HTML checker: one run of Java."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.config import ROOT
from eventsapp.core.texts import LANGUAGES
from tests.journeys.test_accessibility import Pages

CHECKER = ROOT / ".tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
STARTS = (
    "/",
    "/news/",
    "/workshops/",
    "/search?q=workshop",
    "/search?q=nothing-has-this",
    "/nowhere",
)
EXPECTED = {
    "overview.home", "overview.search", "overview.project", "news.index", "news.show",
    "news.history", "workshops.index", "workshops.show",
}  # fmt: skip
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)"')

pytestmark = [
    pytest.mark.xdist_group("accessibility"),
    pytest.mark.skipif(shutil.which("java") is None, reason="the Nu checker needs Java"),
    pytest.mark.skipif(not CHECKER.exists(), reason="the Nu checker is not there: make tools"),
]


def check(folder: Path) -> list[str]:
    """What the checker calls an error, each with its page and place."""
    command = [
        "java",
        "-Xss2m",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    done = subprocess.run([*command, str(folder)], capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']} {one.get('extract', '')!r}"
        for one in found
        if one["type"] != "info"
    ]


def collect(app: Flask, client: FlaskClient, folder: Path, lang: str) -> set[str]:
    """One page of each kind that a reader comes to by links, and a few that none leads to."""
    pages, kinds = Pages(app), set()
    waiting = [*STARTS]
    while (path := waiting.pop(0) if waiting else pages.take()) is not None:
        with client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}") as answer:
            page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        if not page or answer.status_code in {301, 302}:
            continue
        kinds.add(pages.kind(urlsplit(path).path))
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        (folder / f"{lang}-{name}.html").write_text(page, "utf-8")
        pages.waiting += [urlsplit(href).path for href in LINK.findall(page)]
    return kinds


def test_every_public_page_is_valid_html(sample: tuple[Flask, str], tmp_path: Path) -> None:
    app, _address = sample
    for lang in LANGUAGES:
        assert collect(app, app.test_client(), tmp_path, lang) >= EXPECTED
    # Something wrong, so that a checker that finds nothing is noticed.
    (tmp_path / "wrong.html").write_text("<!doctype html><title>t</title><p><h1 id=a><p id=a>")
    wrong = check(tmp_path)
    assert any(line.startswith("wrong.html") for line in wrong)
    assert [line for line in wrong if not line.startswith("wrong.html")] == []
