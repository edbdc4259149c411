"""Reports: what issuing adds to the renderer, how it grows, what it keeps, what it costs to serve.

Ratios are measured in one run; the bounds they are held to stand in BOUNDS.
"""

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import weasyprint
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.documents.blocks import Document, Photos, Table
from eventsapp.documents.render import pdf_html
from eventsapp.edge import pdf, storage
from eventsapp.edge.pdf.fetcher import MediaFetcher
from eventsapp.photos.queries import read_media
from eventsapp.reports import papers, queries
from eventsapp.reports.models import Edition
from eventsapp.workshops import queries as workshops
from tests.benchmarks.load import Server, environment_of, request, served
from tests.browsers import CHROMIUM, FLAGS

ROUNDS = 7
BOUNDS = {
    "issuing beside WeasyPrint alone, CPU": 1.15,
    "serving an issued PDF beside a static file, CPU": 2.0,
    "serving an issued PDF beside a static file, wall": 2.0,
    "growth with participants, exponent": 1.1,
    "growth with photos, exponent": 1.1,
    "memory of 100 renders, peak of the later half beside the earlier": 1.05,
    "memory beside Chromium's": 1.0,
}
Act = Callable[[], object]


def report(name: str, value: float, detail: str = "") -> None:
    bound = BOUNDS[name]
    verdict = "within" if value <= bound else "ABOVE"
    sys.stdout.write(f"{name}: {value:.2f} ({verdict} {bound}) {detail}\n")


def in_turns(ours: Act, bare: Act, clock: Callable[[], float]) -> tuple[float, float]:
    """Medians of both, whose rounds take turns, warm."""
    pairs = []
    for act in (ours, bare):
        act()
    for _ in range(ROUNDS):
        pair = []
        for act in (ours, bare):
            began = clock()
            act()
            pair.append(clock() - began)
        pairs.append(pair)
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def sample_edition() -> Edition:
    found = queries.get_report(workshops.get_by_ref("LY-2022-001").id)
    edition = queries.find_ready_of(found.snapshots[-1].id, "en")
    if edition is None:
        raise SystemExit("the sample's report was not issued")
    return edition


def draw(document: Document) -> bytes:
    return pdf.render_here(
        pdf_html(document),
        media=read_media,
        created=document.created,
        identifier=document.identifier,
    ).data


def issuing(edition: Edition) -> None:
    html = pdf_html(papers.document_of(edition))

    def ours() -> object:
        document = papers.document_of(edition)
        return pdf.render_here(
            pdf_html(document),
            media=read_media,
            attachments=papers.attachments_of(edition),
            created=document.created,
            identifier=document.identifier,
        )

    def alone() -> object:
        fetcher = MediaFetcher(read_media)
        return weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/a-3a")

    with_us, without = in_turns(ours, alone, time.process_time)
    detail = f"{with_us * 1000:.0f} ms beside {without * 1000:.0f} ms"
    report("issuing beside WeasyPrint alone, CPU", with_us / without, detail)


def serving(app: Flask, edition: Edition) -> None:
    """The article's PDF beside a file of the same bytes among the static ones: through the
    application alone, and by a real server that its static files never trouble."""
    article = app.test_client().get("/news/feed.json").get_json()["items"][0]["url"]
    path = "/news/" + article.partition("/news/")[2].partition("?")[0] + ".pdf?lang=en"
    with tempfile.NamedTemporaryFile(dir=app.static_folder, suffix=".pdf") as file:
        Path(file.name).chmod(0o644)
        file.write(storage.read(edition.file_key or ""))
        file.flush()
        static = f"/static/{Path(file.name).name}"
        _by_the_application(app.test_client(), path, static)
        with served("wsgi:app", environment_of(app.extensions["settings"])) as server:
            _by_a_server(server, path, static)


def _by_the_application(client: FlaskClient, path: str, static: str) -> None:
    assert client.get(path, buffered=True).data == client.get(static, buffered=True).data

    def repeat(address: str) -> Act:
        return lambda: [client.get(address, buffered=True) for _ in range(20)]

    ours, bare = in_turns(repeat(path), repeat(static), time.process_time)
    report(
        "serving an issued PDF beside a static file, CPU",
        ours / bare,
        f"{ours * 50:.2f} ms beside {bare * 50:.2f} ms",
    )


def _by_a_server(server: Server, path: str, static: str) -> None:
    batches = [[request(address)] * 200 for address in (path, static)]
    rounds = [
        [server.measure(batch, expected=b"%PDF") for batch in batches] for _ in range(ROUNDS + 1)
    ][1:]
    ours, bare = (
        statistics.median(1000 / pair[side].per_second for pair in rounds) for side in (0, 1)
    )
    our_cpu, bare_cpu = (statistics.median(pair[side].cpu_ms for pair in rounds) for side in (0, 1))
    report(
        "serving an issued PDF beside a static file, wall",
        ours / bare,
        f"{ours:.2f} ms beside {bare:.2f} ms, by a real server that works"
        f" {our_cpu:.2f} ms and {bare_cpu:.2f} ms",
    )


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the fitted line through the logarithms: 1 is linear, 2 is quadratic."""
    xs, ys = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    slope, _at_zero = statistics.linear_regression(xs, ys)
    return slope


def growth(edition: Edition) -> None:
    document = papers.document_of(edition)
    people = Table("", ("Name", "Institution"), tuple((f"P {n}", "Ministry") for n in range(2000)))
    photo = next(block for block in document.blocks if isinstance(block, Photos)).items[0]
    for name, sizes, grown in (
        (
            "growth with participants, exponent",
            (250, 500, 1000, 2000),
            lambda size: replace(people, rows=people.rows[:size]),
        ),
        ("growth with photos, exponent", (10, 20, 40, 80), lambda size: Photos((photo,) * size)),
    ):
        seconds = []
        for size in sizes:
            whole = replace(document, blocks=(*document.blocks[:1], grown(size)))
            draw(whole)
            began = time.process_time()
            draw(whole)
            seconds.append(time.process_time() - began)
        detail = " ".join(f"{s}: {t:.2f} s" for s, t in zip(sizes, seconds, strict=True))
        report(name, exponent(sizes, seconds), detail)


def memory(edition: Edition) -> None:
    """This process, as the job's, with the renderers that the pool keeps warm and renews."""
    document = papers.document_of(edition)
    html, attachments = pdf_html(document), papers.attachments_of(edition)
    sizes = []
    for _ in range(100):
        pdf.render(
            html,
            media=read_media,
            attachments=attachments,
            created=document.created,
            identifier=document.identifier,
        )
        sizes.append(sum(_proportional(pid) for pid in _family(os.getpid())))
    slope, _at_zero = statistics.linear_regression(range(10, 100), sizes[10:])
    pdf.stop_workers()
    early, late = max(sizes[:50]), max(sizes[50:])
    report(
        "memory of 100 renders, peak of the later half beside the earlier",
        late / early,
        f"{sizes[9]:.0f} MiB after 10, {sizes[99]:.0f} MiB after 100, peaks {early:.0f} and"
        f" {late:.0f} MiB, {slope * 1024:+.0f} KiB with each",
    )


def beside_chromium(edition: Edition) -> None:
    """Peak memory of a process that draws the sample, beside Chromium's that prints its page."""
    html = pdf_html(papers.document_of(edition))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, "utf-8")
        chromium = peak_of(
            [CHROMIUM, *FLAGS, "--headless=new", f"--print-to-pdf={folder}/out.pdf", page.as_uri()]
        )
        script = (
            "import sys, pathlib; from datetime import UTC, datetime;"
            "from eventsapp.edge import pdf;"
            "pdf.render_here(pathlib.Path(sys.argv[1]).read_text('utf-8'), media=lambda key: "
            "pathlib.Path(sys.argv[2]).read_bytes(), created=datetime(2022, 2, 10, tzinfo=UTC), "
            "identifier='x')"
        )
        photo = storage.path(
            next(
                block.items[0].key
                for block in papers.document_of(edition).blocks
                if isinstance(block, Photos)
            )
        )
        ours = peak_of([sys.executable, "-c", script, str(page), str(photo)])
    report("memory beside Chromium's", ours / chromium, f"{ours:.0f} MiB, {chromium:.0f} MiB")


def peak_of(command: list[str]) -> float:
    """The largest sum of proportional memory of a process and its children, in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(_proportional(pid) for pid in _family(process.pid)))
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return peak


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            listed = Path(f"/proc/{one}/task/{one}/children").read_text("ascii")
        except OSError:
            continue
        waiting += [int(child) for child in listed.split()]
    return found


def _proportional(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main(app: Flask) -> None:
    edition = sample_edition()
    issuing(edition)
    serving(app, edition)
    growth(edition)
    memory(edition)
    beside_chromium(edition)
