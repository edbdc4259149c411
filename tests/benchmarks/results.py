"""The page of results over very many answers, beside the one aggregate query in plain SQL."""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox
from eventsapp.feedback.rules.tokens import new_id
from tests.conftest import DATABASES, build_home, drop_postgres_databases
from tests.factories.feedback import close, make_form
from tests.factories.workshops import sign_in

ANSWERS, AT_ONCE, ROUNDS = 100_000, 5_000, 7
AGGREGATE = {
    "sqlite": "SELECT json_extract(payload, '$.answers.usefulness') AS answer, count(*)"
    " FROM feedback_response GROUP BY answer",
    "postgresql": "SELECT payload->'answers'->>'usefulness' AS answer, count(*)"
    " FROM feedback_response GROUP BY answer",
}


def answers(chance: random.Random) -> dict[str, Any]:
    points = chance.choices("12345", weights=(1, 2, 6, 20, 25), k=4)
    scales = zip(("usefulness", "knowledge", "clarity", "organisation"), points, strict=True)
    given: dict[str, Any] = {**dict(scales), "mode": chance.choice(("in_person", "online"))}
    if chance.random() < 0.3:
        given["comment"] = {"text": f"More time for questions, please ({chance.random()})."}
    return given


def fill(form: FeedbackForm, count: int) -> None:
    """As so many people's answers wait to be mixed."""
    chance = random.Random(1)
    version = queries.current_version(form).id
    for _ in range(0, count, AT_ONCE):
        rows = [
            {
                "rid": new_id(),
                "form_version_id": version,
                "payload": {"lang": chance.choice(("en", "fr", "ar")), "answers": answers(chance)},
            }
            for _ in range(AT_ONCE)
        ]
        db.session().execute(sa.insert(FeedbackInbox), rows)
    db.session().commit()


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def page(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200 or b"100,000" not in answer.data:
        raise SystemExit(f"{url} answered {answer.status_code} without its results")


def compare_on(kind: str, folder: Path) -> None:
    """Rounds of both take turns; the median of each is compared."""
    home = build_home(kind, folder, "bench_results")
    with home.app.app_context():
        form = make_form()
        fill(form, ANSWERS)
        closing = seconds(lambda: close(form))
        url = f"/manage/workshops/{form.workshop_id}/feedback/results?by=mode"
        client = home.app.test_client()
        sign_in(client, Role.STAFF)
        query = sa.text(AGGREGATE[kind])
        page(client, url)
        rounds = [
            (
                seconds(lambda: page(client, url)),
                seconds(lambda: db.session().execute(query).all()),
            )
            for _ in range(ROUNDS)
        ]
        db.db.session.remove()
        db.db.engine.dispose()
    ours, plain = (statistics.median(pair[side] for pair in rounds) for side in (0, 1))
    sys.stdout.write(
        f"Results of {ANSWERS:,} answers by group, beside one aggregate query, on {kind}\n"
        f"  page  {ours * 1000:8.1f} ms\n"
        f"  query {plain * 1000:8.1f} ms\n"
        f"  ratio {ours / plain:.2f}; closing, which counts them, took {closing:.1f} s once\n"
    )


def main() -> None:
    try:
        for kind in DATABASES:
            with tempfile.TemporaryDirectory() as folder:
                compare_on(kind, Path(folder))
    finally:
        drop_postgres_databases()


if __name__ == "__main__":
    main()
