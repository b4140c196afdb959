"""Every kind of breakage: noticed within two usual intervals, told once each way, ended when mended."""

from datetime import timedelta

from tests.simulation import alarms, simulate
from tests.world import BEGIN, FAULTS, Plan

DAY = timedelta(days=1)
BROKEN = BEGIN + 2 * DAY, BEGIN + 4 * DAY
HABITS = {"silent", "short", "undated", "chrome"}  # what only shows where a habit is known


def plan(number, fault):
    """A site with an article a day; as few as will do, for each has to be read."""
    earlier = 24 if fault in HABITS else 3
    return Plan(number=number, earlier=earlier, fault=fault, broken=BROKEN if fault else (BEGIN, BEGIN))


def test_what_breaks_is_noticed_within_two_usual_intervals_told_once_each_way_and_ends_when_it_is_mended(tmp_path):
    plans = [plan(number, fault) for number, fault in enumerate([*FAULTS, None])]
    told = []
    simulate(tmp_path, plans, 5.5, told=told)
    kinds = {one.id: "failing" if one.fault == "down" else one.fault for one in plans if one.fault}
    raised = {(source, kind): (began, ended) for source, kind, began, ended in alarms(tmp_path)}
    assert {source for source, _ in raised} == set(kinds)
    assert raised.keys() >= kinds.items()
    for source, kind in kinds.items():
        began, ended = raised[source, kind]
        assert timedelta() <= began - BROKEN[0] <= 2 * DAY, kind
        # The certificate is not renewed.
        assert ended is None if kind == "certificate" else ended is not None and ended >= BROKEN[1], kind
    titles = [title for title in told if "silent" not in title or f"{plans[FAULTS.index('silent')].id} " in title]
    assert sorted(titles) == sorted(
        [f"Broken: {source} ({kind})" for source, kind in kinds.items()]
        + [f"Recovered: {source} ({kind})" for source, kind in kinds.items() if kind != "certificate"]
    )
