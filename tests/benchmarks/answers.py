"""How fast answers are received: beside a bare INSERT, and with 100,000 answers stored.

Both under the same server with the same number of processes, threads and clients, on the same
database, with the same durability; rounds take turns.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import sqlalchemy as sa
from flask.testing import FlaskClient

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm, FeedbackResponse
from eventsapp.feedback.rules.tokens import new_id
from tests.benchmarks.bare import ROW
from tests.benchmarks.load import Measured, Server, environment_of, request, served
from tests.conftest import DATABASES, Home, build_home, drop_postgres_databases
from tests.factories.feedback import ANSWERS
from tests.factories.workshops import make_workshop

ROUNDS, REQUESTS, CARDS, STORED = 5, 200, 500, 100_000


def write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    for kind in DATABASES:
        with TemporaryDirectory() as folder:
            home = build_home(kind, Path(folder), "answers")
            with home.app.app_context():
                _beside_an_insert(kind, home)
                _with_answers_stored(kind, home)
                db.db.session.remove()
                db.db.engine.dispose()
    drop_postgres_databases()


def _open_form() -> FeedbackForm:
    form = service.create_form(make_workshop().id, "end", by=SYSTEM, now=clock.now())
    return service.open_form(form.id, by=SYSTEM, now=clock.now())


def _codes(form: FeedbackForm) -> Iterator[str]:
    while True:
        sheet = service.print_cards(form.id, CARDS, by=SYSTEM, now=clock.now())
        codes = queries.sheet_codes(queries.get_form(form.id), sheet)
        db.session().rollback()
        yield from codes


def _fields(code: str, version: int) -> dict[str, str]:
    fields = {f"a-{key}": value for key, value in ANSWERS.items()}
    fields |= {"a-comment-text": "It helped.", "code": code, "version": str(version)}
    return fields | {"retry_key": new_id(), "now": "en", "do": "send"}


def _payload() -> str:
    """As much as is kept of the answers above."""
    return json.dumps({"lang": "en", "answers": {**ANSWERS, "comment": {"text": "It helped."}}})


def _beside_an_insert(kind: str, home: Home) -> None:
    form = _open_form()
    version = queries.current_version(form).id
    codes = _codes(form)
    batches = [
        [request("/f/", urlencode(_fields(next(codes), version))) for _ in range(REQUESTS)]
        for _ in range(ROUNDS + 1)
    ]
    db.session().rollback()
    ROW.metadata.create_all(db.db.engine)
    inserts = [request("/insert", urlencode({"text": _payload()}))] * REQUESTS
    environment = environment_of(home.settings)
    with (
        served("wsgi:app", environment) as ours,
        served("tests.benchmarks.bare:app()", environment) as bare,
    ):
        _warm(ours, bare, batches.pop(), inserts)
        pairs = [
            (
                ours.measure(batch, expected=b"data-received"),
                bare.measure(inserts, expected=b"received"),
            )
            for batch in batches
        ]
    _report(kind, [pair[0] for pair in pairs], [pair[1] for pair in pairs])


def _warm(ours: Server, bare: Server, batch: list[bytes], inserts: list[bytes]) -> None:
    ours.measure(batch, expected=b"data-received")
    bare.measure(inserts, expected=b"received")


def _report(kind: str, ours: list[Measured], bare: list[Measured]) -> None:
    our_rate, bare_rate = (statistics.median(m.per_second for m in side) for side in (ours, bare))
    our_cpu, bare_cpu = (statistics.median(m.cpu_ms for m in side) for side in (ours, bare))
    share = statistics.median(
        one.per_second / other.per_second for one, other in zip(ours, bare, strict=True)
    )
    write(f"Answers received by a real server, beside a bare INSERT ({kind})")
    write(f"  ours {our_rate:7.0f}/s  {our_cpu:6.2f} ms CPU of the server")
    write(f"  bare {bare_rate:7.0f}/s  {bare_cpu:6.2f} ms CPU of the server")
    write(f"  share of the bare route's throughput {share:.2f} (wanted: 0.5 and more)")


def _with_answers_stored(kind: str, home: Home) -> None:
    """The same acts before and after; each pair of rounds in the same minute is not possible,
    so an act that touches no answers is measured beside them and divides out the machine."""
    form = _open_form()
    client = home.app.test_client()
    acts = _acts(form, client)
    few = {name: _median_cpu(act) for name, act in acts.items()}
    _store(form, STORED)
    many = {name: _median_cpu(act) for name, act in acts.items()}
    machine = many["probe"] / few["probe"]
    write(f"From 0 to {STORED:,} stored answers ({kind})")
    for name in ("form", "send"):
        ratio = many[name] / few[name] / machine
        write(
            f"  {name}: {few[name] * 1000:.2f} to {many[name] * 1000:.2f} ms CPU,"
            f" ratio {ratio:.2f} (wanted: at most 1.10)"
        )


def _acts(form: FeedbackForm, client: FlaskClient) -> dict[str, Callable[[], object]]:
    version = queries.current_version(form).id
    codes = _codes(form)
    prepared = [next(codes) for _ in range(2 * 7 * 60 + 100)]
    unspent = iter(prepared[1:])
    db.session().rollback()

    def send() -> None:
        page = client.post("/f/", data=_fields(next(unspent), version))
        if page.status_code != 200:
            raise SystemExit(f"the answer was refused: {page.status_code}")

    def show() -> None:
        client.post("/f/", data={"code": prepared[0]})

    return {"form": show, "send": send, "probe": lambda: client.get("/healthz")}


def _median_cpu(act: Callable[[], object]) -> float:
    act()
    found = []
    for _ in range(7):
        start = time.process_time()
        for _ in range(50):
            act()
        found.append((time.process_time() - start) / 50)
    return statistics.median(found)


def _store(form: FeedbackForm, count: int) -> None:
    version = queries.current_version(form).id
    db.session().rollback()
    payload = {"lang": "en", "answers": ANSWERS | {"comment": {"text": "It helped. " * 10}}}
    with db.db.engine.begin() as connection:
        for _ in range(count // 5_000):
            connection.execute(
                sa.insert(FeedbackResponse),
                [
                    {"rid": new_id(), "form_version_id": version, "payload": payload}
                    for _ in range(5_000)
                ],
            )


if __name__ == "__main__":
    main()
