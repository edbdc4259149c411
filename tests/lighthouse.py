"""Public pages of the sample under Lighthouse, as a phone sees them: ``make lighthouse``.

Accessibility, best practices and SEO have to be 100; performance and the layout's shift are told.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from eventsapp.accounts import service as accounts
from eventsapp.config import ROOT
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.news.models import Article
from eventsapp.overview.sample import load_sample
from eventsapp.workshops.models import Workshop
from tests.browsers import CHROMIUM, FLAGS
from tests.conftest import build_home

PROGRAM = ROOT / ".tools" / "node_modules" / ".bin" / "lighthouse"
WHOLE = ("accessibility", "best-practices", "seo")
LEAST_PERFORMANCE = 95


def look_at(url: str) -> dict[str, Any]:
    command = [
        str(PROGRAM),
        url,
        "--quiet",
        "--output=json",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
    ]
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    for _ in range(2):
        # A browser that a busy machine starved is asked once more.
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
    sys.exit(f"Lighthouse did not look at {url}: {done.stderr.decode()[-500:]}")


def judge(path: str, report: dict[str, Any]) -> list[str]:
    """What is not as it should be; the figures are written out."""
    scores = {key: round(part["score"] * 100) for key, part in report["categories"].items()}
    audits = report["audits"]
    moved = audits["cumulative-layout-shift"]["numericValue"]
    weight = audits["total-byte-weight"]["numericValue"]
    sys.stdout.write(f"{path[:60]:60} {scores} shift {moved:.3f} {weight / 1000:.0f} kB\n")
    sys.stdout.flush()
    wrong = [f"{path}: {key} {scores[key]}" for key in WHOLE if scores[key] < 100]
    for key in WHOLE if wrong else ():
        for ref in report["categories"][key]["auditRefs"]:
            audit = audits[ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                wrong.append(f"  {ref['id']}: {audit['title']}")
    if scores["performance"] < LEAST_PERFORMANCE:
        wrong.append(f"{path}: performance {scores['performance']}")
    return wrong


def main() -> None:
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        home = build_home("sqlite", Path(folder), "lighthouse")
        with home.app.app_context():
            accounts.create_demo_users("a lighthouse password", by=SYSTEM, now=clock.now())
            load_sample()
            slug = db.session().query(Article.slug).limit(1).scalar()
            ref = db.session().query(Workshop.ref).order_by(Workshop.id).limit(1).scalar()
            db.db.session.remove()
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, home.app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in ("/", "/news/", f"/news/{slug}", f"/workshops/{ref}"):
            wrong += judge(path, look_at(f"http://localhost:{server.server_port}{path}"))
        server.shutdown()
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
