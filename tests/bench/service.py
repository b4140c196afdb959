"""The service over thirty simulated days at sixty sources, 27 of them broken at some time and some of the others rough:
what it missed, did twice, noticed and how soon, cried wolf about, and how much memory it took. See tests/simulation.py.

python -m tests.bench.service [DAYS [SOURCES]]
"""

import json
import logging
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path

import structlog
import yaml

from tests.simulation import alarms, simulate, visits
from tests.world import BEGIN, FAULTS, Plan
from worker.config import load
from worker.service import REST_AFTER
from worker.store import Archive
from worker.values import seconds

DAY = timedelta(days=1)
APART = (DAY, DAY / 3, 7 * DAY)
"""How far apart the articles of the sources are that break: one of each fault."""

RESTS = 900.0
"""Simulated seconds without a visit after which the service rests: some ten times a day at sixty sources, so that what
it keeps for the next page is not taken for growth. After ten seconds, as in use, most visits would bring one."""

SOON = 2.0
"""Usual intervals between two articles within which a breakage must be noticed."""

IDLE, GROWTH = 80.0, 5.0
"""Megabytes: of all processes of a service that waits, and by which a month may make it grow."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(process: int | str = "self") -> float:
    """Megabytes of a process in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 1024**2


def own(process: int) -> float:
    """Megabytes of a process that are in no file: what two processes do not share."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]  # every Linux since 4.5 says it


def family(process: int) -> list[int]:
    """A process and those that it started."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [process, *(one for file in threads for child in file.read_text().split() for one in family(int(child)))]


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
        day = (now - BEGIN) // DAY
        memory[day] = min(resident(), memory.get(day, math.inf))  # when it rests: at work it keeps what sources taught

    began, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as name:
        off, clock_set = (days * 0.8, days * 0.8 + 0.5), days * 0.9
        jump = {clock_set: timedelta(hours=3)}
        simulate(Path(name), sites, days, each=each, told=told, set_clock=jump, off=off, rest_after=RESTS)
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
    first, last, idle = 1, max(memory) - 1, idle_service(60)  # whole days, in which everything has been used
    rested, alone = rested_service(8, 25)
    days = sorted({first, last // 3, 2 * last // 3, last} & memory.keys())
    print("least memory of day " + ", ".join(f"{day + 1}: {memory[day]:.1f} MB" for day in days))
    growth = memory[last] - memory[first]
    print(f"growth from the second day to the last {growth:.1f} MB")
    print(
        f"`worker run` that waits {idle:.1f} MB, that waits again after 200 articles {rested:.1f} ({alone:.1f} its own)"
    )
    return (growth > GROWTH) + (max(idle, rested) > IDLE)


@contextmanager
def service(homes: Sequence[str], *, due: bool) -> Iterator[tuple[int, Path]]:
    """`worker run`, as it is used, with a source for each home, all of them due or none; its id, and its log."""
    with tempfile.TemporaryDirectory() as name:
        directory, log = Path(name) / "archive", Path(name) / "log"
        common = {
            "kind": "union",
            "schedule": "every 1d",
            "politeness": {"delay": 0},
            "network": {"allow_private": True},
        }
        entries = [{"id": f"s-{n}", "name": "x", "home": home, **common} for n, home in enumerate(homes)]
        (Path(name) / "sources.yaml").write_text(yaml.safe_dump({"sources": entries}))
        with Archive.open(directory, write=True) as archive:
            sources = load(Path(name) / "sources.yaml")
            archive.sync_sources(sources)
            for source in sources.sources:
                archive.set_next_run(source.id, datetime.now(UTC) + timedelta(hours=0 if due else 20))
        command = (sys.executable, "-m", "worker", "run", "--archive", directory, "--sources", f"{name}/sources.yaml")
        with log.open("w") as file, subprocess.Popen(command, stderr=file) as process:
            yield process.pid, log
            process.terminate()


def idle_service(count: int) -> float:
    """The memory of a service none of whose sources is due."""
    with service([f"https://s-{number}.invalid/" for number in range(count)], due=False) as (process, _):
        time.sleep(10)
        return sum(map(resident, family(process)))


def rested_service(hosts: int, articles: int) -> tuple[float, float]:
    """The memory of a service, and what of it is its own, when it has archived so many articles of so many hosts."""
    command = (sys.executable, "-m", "tests.web.country", "--hosts", str(hosts), "--articles", str(articles))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as web:
        try:
            homes = json.loads(web.stdout.readline() if web.stdout else "")
            with service([*homes.values()], due=True) as (process, log):
                while log.read_text("utf-8").count('"source visited"') < hosts:
                    time.sleep(1)
                time.sleep(REST_AFTER + 5)
                processes = family(process)
                return sum(map(resident, processes)), sum(map(own, processes))
        finally:
            web.terminate()


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
