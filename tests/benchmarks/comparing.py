"""Two acts compared within one run: they take turns, and the medians of their times are set beside
each other."""

import statistics
import sys
import time
from collections.abc import Callable

ROUNDS = 7
Act = Callable[[], object]


def cpu_of(act: Act, times: int) -> tuple[float, float]:
    """CPU and wall seconds of one act."""
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(times):
        act()
    return (time.process_time() - cpu) / times, (time.perf_counter() - wall) / times


def compare(name: str, ours: Act, bare: Act, times: int) -> None:
    ours(), bare()
    pairs = [(cpu_of(ours, times), cpu_of(bare, times)) for _ in range(ROUNDS)]
    our_cpu, our_wall = (statistics.median(pair[0][i] for pair in pairs) for i in (0, 1))
    bare_cpu, bare_wall = (statistics.median(pair[1][i] for pair in pairs) for i in (0, 1))
    sys.stdout.write(
        f"{name}\n"
        f"  ours {our_cpu * 1000:8.2f} ms CPU  {1 / our_wall:8.0f}/s\n"
        f"  bare {bare_cpu * 1000:8.2f} ms CPU  {1 / bare_wall:8.0f}/s\n"
        f"  ratio of CPU {our_cpu / bare_cpu:.2f}, of throughput {bare_wall / our_wall:.2f}\n"
    )
