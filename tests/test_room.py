"""Whether the disk has room for another page; the service as a whole is tried in test_service_faults.py."""

import shutil
from datetime import UTC, datetime

from worker.watch.room import Room

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_fetching_goes_on_only_with_a_quarter_more_room_than_it_stopped_at(tmp_path):
    free = shutil.disk_usage(tmp_path).free
    nearly = Room(tmp_path, enough=int(free * 0.9))
    assert nearly.look(NOW) is None
    nearly.full = True
    assert "has only" in (nearly.look(NOW) or "")
    assert Room(tmp_path, enough=int(free * 0.7), full=True).look(NOW) is None
