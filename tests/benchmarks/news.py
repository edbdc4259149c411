"""Public news beside a bare Flask route that gives the same bytes after one SELECT.

Both under the same server with the same number of processes, threads and clients, on the same
database; with 10 and with 10,000 articles. A log line is written of each of our requests, as in
production.
"""

import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask.testing import FlaskClient

from eventsapp.core.db import db
from tests.benchmarks.bare import READY, ROW
from tests.benchmarks.comparing import Act, compare
from tests.benchmarks.load import Measured, Server, environment_of, request, served
from tests.conftest import DATABASES, Home, build_home, drop_postgres_databases
from tests.factories.archive import fill_archive

SIZES = (10, 10_000)
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
ROUNDS, REQUESTS, OFTEN = 7, 1_200, 100
WANTED = 0.65


@dataclass(frozen=True, slots=True)
class Case:
    """What is read, by these requests, and one answer to them."""

    name: str
    requests: list[bytes]
    body: bytes
    status: int = 200


def write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    for kind in DATABASES:
        shares = {size: _measure(kind, size) for size in SIZES}
        few, many = (shares[size] for size in SIZES)
        for name, (rate, _share) in few.items():
            ratio = many[name][0] / rate
            write(f"  {name}: CPU of {SIZES[1]:,} articles beside {SIZES[0]} is {ratio:.2f}")
    drop_postgres_databases()


def _measure(kind: str, size: int) -> dict[str, tuple[float, float]]:
    """CPU (in bare requests) and share of the bare route's throughput, of each case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = build_home(kind, folder, f"bench_news_{size}")
        with home.app.app_context():
            slugs = fill_archive(size)
            ROW.metadata.create_all(db.engine)
            with db.engine.begin() as connection:
                connection.execute(sa.insert(ROW), {"text": "now"})
            db.session.remove()
        cases = _cases(home.app.test_client(), slugs)
        write(f"News, {size:,} articles, by a real server beside a bare route ({kind})")
        found = _beside_bare(home, cases, folder)
        if kind == "sqlite":
            _draw(home, slugs, size)
        with home.app.app_context():
            db.engine.dispose()
    return found


def _cases(client: FlaskClient, slugs: Sequence[str]) -> list[Case]:
    chance = random.Random(1)
    # All of them fit (see kept_pages.MOST_BYTES); drawing more would take minutes.
    often = [f"/news/{slug}" for slug in chance.sample(slugs, min(len(slugs), OFTEN))]
    of_one = {
        "an article": f"/news/{slugs[0]}",
        "the list": "/news/",
        "the list of a country": "/news/?country=TN",
        "the feed": "/news/feed.atom",
    }
    cases = [
        Case(name, [request(path, headers=HEADERS)] * REQUESTS, _read(client, path))
        for name, path in of_one.items()
    ]
    many = [request(often[at % len(often)], headers=HEADERS) for at in range(REQUESTS)]
    cases.append(Case("one of many articles", many, _read(client, often[0])))
    article = of_one["an article"]
    etag = client.get(article, headers=HEADERS).headers["ETag"]
    again = [request(article, headers=HEADERS | {"If-None-Match": etag})] * REQUESTS
    return [*cases, Case("an unchanged article", again, b"", 304)]


def _read(client: FlaskClient, path: str) -> bytes:
    answer = client.get(path, headers=HEADERS)
    if answer.status_code != 200:
        raise SystemExit(f"{path} was answered {answer.status_code}")
    return bytes(answer.data)


def _beside_bare(home: Home, cases: Sequence[Case], folder: Path) -> dict[str, tuple[float, float]]:
    ready = folder / "ready"
    ready.mkdir()
    for number, case in enumerate(cases):
        (ready / str(number)).write_bytes(case.body)
    environment = environment_of(home.settings) | {
        READY: str(ready),
        "EVENTSAPP_LOG_LEVEL": "INFO",
        # An ETag stands for what is told of these, too.
        "EVENTSAPP_BASE_URL": home.settings.base_url,
        "EVENTSAPP_ORGANISATION": home.settings.organisation,
    }
    with (
        served("wsgi:app", environment, log=folder / "log") as ours,
        served("tests.benchmarks.bare:app()", environment, log=folder / "log") as bare,
    ):
        return {
            case.name: _report(case, _take_turns(ours, bare, case, number))
            for number, case in enumerate(cases)
        }


def _take_turns(
    ours: Server, bare: Server, case: Case, number: int
) -> list[tuple[Measured, Measured]]:
    same = [request(f"/ready/{number}", headers=HEADERS)] * REQUESTS
    rounds = [
        (ours.measure(case.requests, status=case.status), bare.measure(same))
        for _ in range(ROUNDS + 1)
    ]
    # The first filled what is kept.
    return rounds[1:]


def _report(case: Case, rounds: list[tuple[Measured, Measured]]) -> tuple[float, float]:
    share = statistics.median(ours.per_second / bare.per_second for ours, bare in rounds)
    cpu = statistics.median(ours.cpu_ms / bare.cpu_ms for ours, bare in rounds)
    rates = [statistics.median(pair[side].per_second for pair in rounds) for side in (0, 1)]
    write(
        f"  {case.name}, {len(case.body):,} bytes: {rates[0]:.0f}/s beside {rates[1]:.0f}/s,"
        f" share {share:.2f} (wanted: {WANTED} and more), of CPU {1 / cpu:.2f}"
    )
    return cpu, share


def _draw(home: Home, slugs: Sequence[str], size: int) -> None:
    """What it costs when nothing is kept yet, beside the list of as many."""
    client = home.app.test_client()

    def forget(path: str) -> Act:
        def ask() -> None:
            home.app.extensions.pop("kept_pages", None)
            client.get(path, headers=HEADERS)

        return ask

    compare(
        f"News, {size:,} articles, drawn anew: an article beside a search through all",
        forget(f"/news/{slugs[-1]}"),
        forget("/news/?q=focal"),
        10,
    )


if __name__ == "__main__":
    main()
