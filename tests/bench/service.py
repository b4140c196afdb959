"""The service over thirty simulated days at sixty sources, 27 of them broken at some time and some of the others rough:
what it missed, did twice, noticed and how soon, cried wolf about, and how much memory it took. See tests/simulation.py.

python -m tests.bench.service [DAYS [SOURCES]]
"""

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise, product
from pathlib import Path

import structlog
import yaml

from tests.simulation import alarms, simulate, visits
from tests.world import BEGIN, FAULTS, Plan
from worker.config import seconds

DAY = timedelta(days=1)
APART = (DAY, DAY / 3, 7 * DAY)
"""How far apart the articles of the sources are that break: one of each fault."""

SOON = 2.0
"""Usual intervals between two articles within which a breakage must be noticed."""

IDLE, GROWTH = 80.0, 5.0
"""Megabytes: of a service that waits, and by which a month may make it grow."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(process: int | str = "self") -> float:
    """Megabytes of a process in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 1024**2


def plans(days: float, count: int) -> list[Plan]:
    """So many sources, the broken ones first: nearly half, as many faults as there is room for."""
    broken = [*product(APART, FAULTS)][: count * 27 // 60]
    return [
        _broken(number, days, *broken[number]) if number < len(broken) else _sound(number) for number in range(count)
    ]


def _schedule(number: int, apart: timedelta) -> str:
    """A third of the sources by their own rhythm, the others several times within their usual interval."""
    return "auto" if number % 3 == 0 else "every 2h" if apart < DAY else "every 6h"


def _broken(number: int, days: float, apart: timedelta, fault: str) -> Plan:
    parts = (1 / 3, 1) if apart > DAY else (1 / 2, 3 / 4)
    begin, end = (BEGIN + days * part * DAY for part in parts)
    return Plan(number=number, apart=apart, schedule=_schedule(number, apart), fault=fault, broken=(begin, end))


def _sound(number: int) -> Plan:
    apart = (DAY / 3, DAY, DAY, 7 * DAY)[number % 4]
    return Plan(
        number=number,
        apart=apart,
        by_chance=number % 5 == 4,
        schedule=_schedule(number, apart),
        rough=number % 6 in (1, 2),
    )


def main(days: float = 30, count: int = 60) -> int:
    """Print the figures; 1 when a bound is not kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sites, told, memory = plans(days, count), list[str](), dict[int, float]()

    def each(now: datetime) -> None:
        memory[(now - BEGIN) // DAY] = resident()  # at the end of each day, and of the last minute

    began, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as name:
        off, clock_set = (days * 0.8, days * 0.8 + 0.5), days * 0.9
        simulate(Path(name), sites, days, each=each, told=told, set_clock={clock_set: timedelta(hours=3)}, off=off)
        made, raised = visits(Path(name)), alarms(Path(name))
    used = f"{time.monotonic() - began:.0f} s, {time.process_time() - cpu:.0f} s of them of this process's CPU"
    print(f"{days:g} days, {count} sources, {sum(map(len, made.values()))} visits; took {used}")
    wrong = _print_visits(sites, made, off, clock_set)
    wrong += _print_alarms(sites, raised, told)
    return int(bool(wrong + _print_memory(memory)))


def _print_visits(
    sites: Sequence[Plan], made: Mapping[str, list[datetime]], off: tuple[float, float], clock_set: float
) -> int:
    begin, end = (BEGIN + day * DAY for day in off)
    late, double = gaps(sites, made, (begin, end + timedelta(hours=1)), BEGIN + clock_set * DAY)
    never = len(sites) - len(made)
    print(
        f"sources never visited {never}, visits missed {len(late)} {late or ''}, doubled {len(double)} {double or ''}"
    )
    return never + len(late) + len(double)


def _print_alarms(
    sites: Sequence[Plan], raised: Sequence[tuple[str, str, datetime, datetime | None]], told: Sequence[str]
) -> int:
    """Print how soon each breakage was noticed; how many were not, or too late, and how many alarms were false."""
    wrong = 0
    for one in sites:
        if one.fault:
            kind = "failing" if one.fault == "down" else one.fault
            found = [(began, ended) for source, what, began, ended in raised if (source, what) == (one.id, kind)]
            after = (found[0][0] - one.broken[0]) / one.apart if found else float("inf")
            others = sorted({what for source, what, *_ in raised if source == one.id} - {kind})
            good = 0 <= after <= SOON and len(found) == 1
            wrong += not good
            site = f"{kind:11} articles every {one.apart / timedelta(hours=1):3.0f} h, visits {one.schedule:8}"
            promise = "" if good else f" ({len(found)} alarms) <- NOT AS PROMISED"
            end = ", ended" if found and found[0][1] else ""
            print(f"  {site} noticed after {after:4.2f} intervals{promise}{end}{f', also {others}' if others else ''}")
    false = sorted(
        (source, kind) for source, kind, *_ in raised if source in {one.id for one in sites if not one.fault}
    )
    early = sorted(
        (one.id, kind)
        for one in sites
        for source, kind, began, _ in raised
        if one.fault and source == one.id and began < one.broken[0]
    )
    quiet = sum(not one.fault for one in sites)
    print(f"false alarms at {quiet} sound sources: {false}; before anything broke: {early}")
    ways = sum(1 + (ended is not None) for *_, ended in raised)
    print(f"{len(raised)} alarms, {ways} beginnings and ends; told {len(told)} times")
    return wrong + len(false) + len(early) + (ways != len(told))


def _print_memory(memory: Mapping[int, float]) -> int:
    last, idle = max(memory), idle_service(60)
    days = sorted({0, 1, last // 3, 2 * last // 3, last} & memory.keys())
    print("memory at the end of day " + ", ".join(f"{day + 1}: {memory[day]:.1f} MB" for day in days))
    growth = memory[last] - memory[0]
    print(f"growth since the end of the first day {growth:.1f} MB; `worker run` that waits {idle:.1f} MB")
    return (growth > GROWTH) + (idle > IDLE)


def idle_service(count: int) -> float:
    """The memory of `worker run`, as it is used, with so many sources none of which is due."""
    with tempfile.TemporaryDirectory() as name:
        entries = [
            {"id": f"s-{n}", "name": "x", "home": f"https://s-{n}.invalid/", "kind": "union", "schedule": "30 6 1 1 *"}
            for n in range(count)
        ]
        (Path(name) / "sources.yaml").write_text(yaml.safe_dump({"sources": entries}))
        run = [
            sys.executable,
            "-m",
            "worker",
            "run",
            "--archive",
            f"{name}/archive",
            "--sources",
            f"{name}/sources.yaml",
        ]
        from worker.config import load
        from worker.store import Archive

        with Archive.open(Path(name) / "archive", write=True) as archive:
            sources = load(Path(name) / "sources.yaml")
            archive.sync_sources(sources)
            for source in sources.sources:
                archive.set_next_run(source.id, datetime.now(BEGIN.tzinfo) + timedelta(hours=20))
        with subprocess.Popen(run, stderr=subprocess.DEVNULL) as process:
            time.sleep(10)
            taken = resident(process.pid)
            process.terminate()
    return taken


def gaps(
    sites: Sequence[Plan], made: Mapping[str, list[datetime]], off: tuple[datetime, datetime], clock_set: datetime
) -> tuple[list[str], list[str]]:
    """The visits that came too late, and too early, by the schedule; not where it was off or the clock set."""
    late, double = list[str](), list[str]()
    for one in sites:
        auto = one.schedule == "auto"
        every = 0 if auto else seconds(one.schedule.removeprefix("every ")) / 3600
        least, most = (14 / 60, 24.2) if auto else (0.88 * every, 1.12 * every)
        most = 24.2 if one.fault == "down" else most
        for before, after in pairwise(made.get(one.id, [])):
            if (before < off[1] and after >= off[0]) or before <= clock_set <= after:
                continue
            hours = (after - before) / timedelta(hours=1)
            if not least <= hours <= most:
                what = f"{one.id} ({one.schedule}) after {hours:.2f} h on day {(after - BEGIN) / DAY:.1f}"
                (late if hours > most else double).append(what)
    return late, double


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3])))
