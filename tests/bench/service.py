"""The service over thirty simulated days at sixty sources, six of them broken for a week: what it missed, did twice,
noticed, cried wolf about, and how much memory it took. See tests/simulation.py.

python -m tests.bench.service [DAYS [SOURCES]]
"""

import logging
import sys
import tempfile
import time
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import structlog

from tests.simulation import BEGIN, alarms, simulate, site, visits

FAULTS = ("down", "silent", "short", "undated", "moved", "spam")
NAMED = {"down": "failing"}
"""The alarm that a fault must raise, where it is called otherwise."""

_PAGE = 4096


def resident() -> float:
    """Megabytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1024**2


def main(days: float = 30, count: int = 60) -> int:
    """Print the figures; 1 when a bound is not kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sites = [site(number, int(days), FAULTS[number] if number < len(FAULTS) else None) for number in range(count)]
    memory: dict[int, float] = {}

    def each(now: datetime) -> None:
        memory.setdefault((now - BEGIN).days, resident())

    told: list[str] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        pause, clock_set = (days * 0.8, days * 0.8 + 0.5), days * 0.9
        simulate(directory, sites, days, each=each, told=told, set_clock={clock_set: timedelta(hours=3)}, off=pause)
        made, raised = visits(directory), alarms(directory)
    begin, end = (BEGIN + timedelta(days=day) for day in pause)
    late, double = gaps(sites, made, (begin, end + timedelta(hours=1)), BEGIN + timedelta(days=clock_set))
    right = {(one.source.id, NAMED.get(one.fault, one.fault)): one for one in sites if one.fault}
    noticed = {
        key: next(began for source, kind, began, _ in raised if (source, kind) == key) - one.broken[0]
        for key, one in right.items()
        if any((source, kind) == key for source, kind, _, _ in raised)
    }
    false = [(source, kind) for source, kind, _, _ in raised if source not in {one for one, _ in right}]
    last = max(memory)
    print(f"{days:g} days, {count} sources, {sum(map(len, made.values()))} visits in {time.monotonic() - began:.0f} s")
    print(f"sources never visited {count - len(made)}, visits missed {late}, visits doubled {double}")
    for (source, kind), after in noticed.items():
        print(f"  {kind:8} noticed after {after / timedelta(hours=1):5.1f} h ({right[source, kind].source.schedule})")
    print(f"breakages unnoticed {sorted(kind for _, kind in right.keys() - noticed.keys())}, false alarms {false}")
    print(f"told {len(told)} times: {sum(ended is None for *_, ended in raised)} alarms still open of {len(raised)}")
    print(
        f"memory: {memory[0]:.1f} MB at first, "
        + ", ".join(f"{memory[day]:.1f} on day {day}" for day in sorted({last // 6, last // 2, last}) if day in memory)
    )
    return int(bool(late or double or false or len(noticed) < len(right) or len(made) < count))


def gaps(sites, made, pause, clock_set):
    """How many visits came too late, and how many too early, by the schedule; not where it was off or the clock set."""
    late = double = 0
    for one in sites:
        auto = one.source.schedule == "auto"
        least, most = (14 / 60, 26.5) if auto else (5.3, 6.7)
        most = 26.5 if one.fault == "down" else most
        for before, after in pairwise(made.get(one.source.id, [])):
            if (before < pause[1] and after >= pause[0]) or before <= clock_set <= after:
                continue
            hours = (after - before) / timedelta(hours=1)
            late += hours > most
            double += hours < least
    return late, double


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3])))
