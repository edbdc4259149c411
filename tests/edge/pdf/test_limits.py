"""A page that is too much dies alone, in its own process, within its limits and with a reason."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from eventsapp.edge.pdf import (
    Limits,
    PdfError,
    PdfFailed,
    PdfLibraryMissing,
    PdfTooLarge,
    PdfTooSlow,
    RenderedPdf,
    render,
)
from eventsapp.edge.pdf.workers import Task, Worker, WorkerPool
from tests.documents.sample import CREATED

HEAD = '<html lang="en"><title>T</title><h1>T</h1>'
SMALL = HEAD + "<p>small"
MEBIBYTE = 1024**2


def no_media(_key: str) -> bytes | None:
    return None


def cells(count: int) -> str:
    row = "<tr>" + "<td><table><tr><td>x</table>" * 100
    return f"{HEAD}<table>{row * (count // 100)}</table>"


def draw(html: str, limits: Limits | None = None) -> RenderedPdf:
    return render(html, media={}, created=CREATED, identifier="x", limits=limits)


def task(html: str, limits: Limits | None = None) -> Task:
    return Task(html, no_media, (), CREATED, "x", limits or Limits())


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_hundred_thousand_nested_cells_are_stopped_in_time() -> None:
    started = time.monotonic()
    with pytest.raises(PdfTooSlow, match="took too long"):
        draw(cells(100_000), Limits(seconds=2))
    assert time.monotonic() - started < 4
    assert draw(SMALL).pages == 1


def test_too_much_memory_is_refused_before_the_machine_suffers() -> None:
    with pytest.raises(PdfTooLarge, match="too much memory"):
        draw(cells(100_000), Limits(seconds=60, memory_bytes=260 * MEBIBYTE))
    assert draw(SMALL).pages == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p style='font-size: 1e9px'>x",
        "<p style='font-size: 1e9px'>" + "word " * 1000,
        "<p style='width: 1e30px; height: 1e30px; border: 1e30px solid'>x",
        "<div>" * 5000 + "x",
        "<p style='break-after: page'>x" * 20_000,
        "<table><td colspan=1000000000 rowspan=1000000000>x",
        "<style>@page { size: 1px 1px; margin: 1e9px }</style>" + "word " * 1000,
        "<p style='line-height: 0; font-size: 0'>" + "word " * 10_000,
        '<svg width="1e9" height="1e9" viewBox="0 0 0 0"><rect width="1e30"/></svg>',
        "<style>p { counter-increment: a 999999999999 }"
        "p::before { content: counter(a, upper-roman) }</style>" + "<p>" * 50,
    ],
    ids=range(10),
)  # fmt: skip
def test_absurd_pages_end_with_a_file_or_a_reason(html: str) -> None:
    started = time.monotonic()
    with suppress(PdfError):
        assert draw(HEAD + html, Limits(seconds=5)).pages > 0
    assert time.monotonic() - started < 8
    assert draw(SMALL).pages == 1


def test_others_go_on_while_one_is_stopped() -> None:
    pool = WorkerPool(size=2)
    reasons: list[Exception] = []

    def hang() -> None:
        try:
            pool.render(cells(100_000), find=no_media, attachments=(), created=CREATED,
                        identifier="x", limits=Limits(seconds=4))  # fmt: skip
        except PdfError as error:
            reasons.append(error)

    thread = threading.Thread(target=hang)
    thread.start()
    pages = 0
    while thread.is_alive():
        pages += pool.render(SMALL, find=no_media, attachments=(), created=CREATED,
                             identifier="x", limits=Limits()).pages  # fmt: skip
    thread.join()
    pool.stop()
    assert pages > 1
    assert [type(reason) for reason in reasons] == [PdfTooSlow]


def test_a_killed_renderer_gives_a_reason_and_leaves_nothing_behind() -> None:
    worker = Worker()
    killer = threading.Timer(1, os.kill, (worker._process.pid, signal.SIGSEGV))
    killer.start()
    with pytest.raises(PdfFailed, match="ended with -11"):
        worker.render(task(cells(100_000)))
    worker.stop()
    assert not Path(worker._scratch).exists()
    assert not is_running(worker._process.pid)


def test_processor_time_is_counted_for_each_task_alone() -> None:
    worker = Worker()
    pid = worker._process.pid
    for _ in range(3):
        spent = processor_seconds(pid)
        worker.render(task(HEAD + "<p>word</p>" * 200, Limits(seconds=60)))
        limit, _ = resource.prlimit(pid, resource.RLIMIT_CPU)
        assert spent + 59 < limit < processor_seconds(pid) + 62
    worker.stop()


def test_a_task_that_uses_up_its_processor_time_is_too_slow() -> None:
    worker = Worker()
    worker.render(task(SMALL))
    pid = worker._process.pid

    def leave_a_second() -> None:
        _, most = resource.prlimit(pid, resource.RLIMIT_CPU)
        resource.prlimit(pid, resource.RLIMIT_CPU, (int(processor_seconds(pid)) + 1, most))

    later = threading.Timer(0.5, leave_a_second)
    later.start()
    with pytest.raises(PdfTooSlow, match="processor time"):
        worker.render(task(cells(100_000)))
    worker.stop()


def test_a_renderer_whose_application_died_ends_and_tidies_up() -> None:
    code = (
        "import os, signal\n"
        "from eventsapp.edge.pdf.workers import Worker\n"
        "worker = Worker()\n"
        "print(worker._process.pid, worker._scratch, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid, scratch = done.stdout.split()
    deadline = time.monotonic() + 10
    while (is_running(int(pid)) or Path(scratch).exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(int(pid))
    assert not Path(scratch).exists()


@pytest.mark.parametrize("bound", ["RECYCLE_ABOVE_BYTES", "RECYCLE_AFTER"])
def test_an_idle_renderer_is_reused_and_a_fat_or_old_one_replaced(
    bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = WorkerPool(size=1)

    def used() -> list[int]:
        pool.render(SMALL, find=no_media, attachments=(), created=CREATED, identifier="x",
                    limits=Limits())  # fmt: skip
        return [worker._process.pid for worker in pool._idle]

    first = used()
    assert used() == first
    monkeypatch.setattr(f"eventsapp.edge.pdf.workers.{bound}", 1)
    assert used() == []
    pool.stop()


def test_a_process_forked_from_the_application_starts_its_own_renderer() -> None:
    pool = WorkerPool(size=1)
    pool.render(SMALL, find=no_media, attachments=(), created=CREATED, identifier="x",
                limits=Limits())  # fmt: skip
    (worker,) = pool._idle
    worker._owner += 1  # as a forked copy sees it: the process belongs to another
    replacement = pool._take()
    assert replacement is not worker
    assert worker._process.poll() is None
    worker._owner -= 1
    worker._process.kill()
    worker._process.wait()
    replacement.stop()


@pytest.mark.parametrize("library", ["libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"])
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / library).write_bytes(b"")  # found first, and no library
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    worker = Worker()
    with pytest.raises(
        PdfLibraryMissing,
        match=r"apt-get install --no-install-recommends libpangoft2-1\.0-0 libharfbuzz-subset0",
    ) as caught:
        worker.render(task(SMALL))
    worker.stop()
    assert str(caught.value).count("apt-get install") == 1
