"""`worker sources add` and `check`: a look at a site, before it is crawled and after it has changed."""

import errno
import os
from pathlib import Path

import click
import pytest
import yaml

from tests.commands.test_crawl import configured
from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories
from worker.commands import entry
from worker.config import load
from worker.models import PageKind

FILE = """# Whom to ask
contact: archive@example.org

defaults:
  schedule: every 3h   # often enough
  politeness: {delay: 0}

sources:
  - id: first
    name: Trang đầu  # the first
    home: https://first.invalid/
    kind: press
    articles: |
      -\\d+\\.html$
  # the last word
"""


def test_a_site_is_looked_at_and_written_behind_the_others_with_every_comment_kept(worker, tmp_path):
    portal = NukeViet(stories=list(stories(12, seed=1)), name="Hội LHPN tỉnh Cao Bằng")
    (tmp_path / "sources.yaml").write_text(FILE, "utf-8")
    with serve(portal) as web:
        done = worker("sources", "add", web.url_of(portal), "--allow-private", "--id", "caobang", cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        crawled = worker("crawl", "caobang", "--limit", "2", cwd=tmp_path)
    assert sum(story.title in done.stdout for story in portal.all_stories) == 3
    text = (tmp_path / "sources.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if line and line in FILE.splitlines()]
    assert kept == [line for line in FILE.splitlines() if line]
    added = load(tmp_path / "sources.yaml").get("caobang")
    assert (added.name, added.kind, added.province) == ("Hội LHPN tỉnh Cao Bằng", "union", "04")
    assert (added.profile, added.schedule) == ("nukeviet", "every 3h")
    assert added.discover.feeds
    assert "new" in crawled.stdout and crawled.returncode == 0


@pytest.mark.parametrize(
    "text",
    ["sources: []\ndefaults: {politeness: {delay: 0}}", "defaults: {politeness: {delay: 0}}\nsources: [] # none yet\n"],
)
def test_the_first_site_is_added_to_an_empty_list(worker, tmp_path, text):
    portal = NukeViet(stories=list(stories(5)))
    (tmp_path / "sources.yaml").write_text(text)
    (tmp_path / "sources.yaml").chmod(0o640)  # it may hold passwords
    with serve(portal) as web:
        done = worker("sources", "add", web.url_of(portal), "--allow-private", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(load(tmp_path / "sources.yaml").sources) == 1
    assert (tmp_path / "sources.yaml").stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_a_link_stays_one(worker, tmp_path):
    portal = NukeViet(stories=list(stories(5)))
    (tmp_path / "kept.yaml").write_text("sources: []\ndefaults: {politeness: {delay: 0}}")
    (tmp_path / "sources.yaml").symlink_to("kept.yaml")
    with serve(portal) as web:
        done = worker("sources", "add", web.url_of(portal), "--allow-private", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sources.yaml").is_symlink()
    assert len(load(tmp_path / "kept.yaml").sources) == 1


def test_what_cannot_be_added_is_said_and_nothing_is_written(worker, tmp_path):
    portal = NukeViet(stories=[])
    (tmp_path / "sources.yaml").write_text(FILE, "utf-8")
    with serve(portal) as web:
        refused = {
            "is in sources.yaml already, as first": ["https://www.first.invalid/"],
            "no article was found": [web.url_of(portal), "--allow-private"],
            "is the id of another source": ["https://x.invalid/", "--id", "first"],
            "is no address": ["x.invalid"],
            "sources.yaml, the new entry, source Cao Bằng, field id: 'Cao Bằng'": ["https://x.vn/", "--id", "Cao Bằng"],
        }
        for says, arguments in refused.items():
            done = worker("sources", "add", *arguments, cwd=tmp_path)
            assert done.returncode != 0 and says in done.stderr, done.stderr
    assert (tmp_path / "sources.yaml").read_text("utf-8") == FILE


def test_a_part_of_a_site_that_is_there_can_be_a_source_of_its_own(worker, tmp_path):
    portal = NukeViet(stories=list(stories(5)))
    (tmp_path / "sources.yaml").write_text("defaults: {politeness: {delay: 0}}\nsources: []\n", "utf-8")
    with serve(portal) as web:
        for name, path in (("whole", "/"), ("part", "/vi/news/")):
            done = worker(*("sources", "add", web.url_of(portal, path), "--allow-private", "--id", name), cwd=tmp_path)
            assert done.returncode == 0, done.stderr
    assert [source.id for source in load(tmp_path / "sources.yaml").sources] == ["whole", "part"]


def test_a_file_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "sources.yaml").write_text(FILE, "utf-8")
    told = {"id": "x", "name": "X", "home": "https://x.invalid/", "kind": "press"}

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "touch", refused)
    assert entry.append(tmp_path / "sources.yaml", told, write=False).id == "x"
    with pytest.raises(click.ClickException, match=r"/sources.yaml cannot be written: Permission denied; nothing was"):
        entry.append(tmp_path / "sources.yaml", told)
    assert (tmp_path / "sources.yaml").read_text("utf-8") == FILE


def test_a_dry_run_writes_nothing(worker, tmp_path):
    portal = NukeViet(stories=list(stories(5)))
    (tmp_path / "sources.yaml").write_text(FILE, "utf-8")
    with serve(portal) as web:
        done = worker("sources", "add", web.url_of(portal), "--allow-private", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0 and "Nothing was written" in done.stdout
    assert (tmp_path / "sources.yaml").read_text("utf-8") == FILE


def test_a_check_says_what_broke(worker, tmp_path):
    sound, moved, down = (NukeViet(f"{name}.test", list(stories(6, seed=2))) for name in ("sound", "moved", "down"))
    with serve(sound, moved, down) as web:
        options = configured(tmp_path, web, sound, moved, down)[:2]
        entries = yaml.safe_load((tmp_path / "sources.yaml").read_text("utf-8"))
        entries["sources"][1]["discover"] = {"feeds": [web.url_of(moved, "/old-rss")]}
        entries["sources"][1]["profile"] = "liferay"
        (tmp_path / "sources.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
        down.notice = PageKind.MAINTENANCE
        done = worker("sources", "check", *options)
        one = worker("sources", "check", "portal-1", *options)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("portal-1: ok")
    assert any("/old-rss answers 404" in line for line in lines)
    assert any("it says profile: liferay, but looks like nukeviet" in line for line in lines)
    assert any("is a page of kind maintenance" in line for line in lines)
    assert one.returncode == 0 and one.stdout.count("\n") == 1


def test_an_unknown_source_is_said(worker):
    done = worker("sources", "check", "nobody")
    assert done.returncode == 2 and "nobody is not in sources.yaml" in done.stderr
