"""`worker import`."""

import json
from collections import Counter
from time import process_time

from tests.conftest import ROOT
from worker.commands import import_, progress
from worker.config import Sources
from worker.imports.job import Imported


def test_the_seeds_can_be_imported_like_any_folder(worker, offline_archive, tmp_path):
    done = worker("import", "seeds", "--archive", tmp_path / "archive")
    assert done.returncode == 0, done.stderr
    assert "Articles found: 5" in done.stdout and "Records passed over: 0" in done.stdout
    own = offline_archive / "warc" / "news-000001.warc.gz"
    again = worker("import", own, "--archive", tmp_path / "archive", "--json")
    assert json.loads(again.stdout) == {"pages": {"known": 5}, "passed": {}, "proposed": []}
    assert "is sound: 5 articles" in worker("verify", "--archive", tmp_path / "archive").stdout


def test_how_far_it_is_and_in_which_file_is_told_now_and_then(capsys, monkeypatch):
    tell = import_._telling(["a.warc.gz", "b.wacz"])
    tell("a.warc.gz", Imported())
    monkeypatch.setattr(progress, "SOMETIMES", 0.0)
    tell("b.wacz", Imported(Counter(new=16, changed=2), Counter({("not HTTP", ""): 300})))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "b.wacz (2 of 2): 18 articles found so far, 300 records passed over\n")
    import_._telling(["a.warc.gz"])("a.warc.gz", Imported())
    assert capsys.readouterr().err == "a.warc.gz: 0 articles found so far, 0 records passed over\n"


def test_a_file_of_another_kind_is_refused(worker, tmp_path):
    done = worker("import", "README.md", "--archive", tmp_path / "archive")
    assert done.returncode == 1
    assert "README.md is neither a WARC file" in done.stderr


def test_a_file_without_a_record_fails_and_a_page_of_another_kind_in_an_index_is_passed_over(worker, tmp_path):
    (tmp_path / "junk.warc.gz").write_bytes(b"no record at all")
    done = worker("import", tmp_path / "junk.warc.gz", "--archive", tmp_path / "archive")
    assert done.returncode == 1 and "junk.warc.gz" in done.stdout
    (tmp_path / "empty").mkdir()
    done = worker("import", tmp_path / "empty", "--archive", tmp_path / "archive")
    assert done.returncode == 1 and f"folder without a page                     1  ({tmp_path}/empty 1)" in done.stdout
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "page").write_text("Hội nghị")
    entry = "{file: page, url: https://baogialai.com.vn/a-1.html, source: a, fetched_at: 2025-02-01}"
    (saved / "index.yaml").write_text(f"- {entry}")
    done = worker("import", saved, "--archive", tmp_path / "archive")
    assert (done.returncode, done.stderr) == (0, "") and "not a page" in done.stdout


def test_what_is_not_there_is_told_before_anything_is_read_or_made(worker, tmp_path):
    for wrong, told in (("typo.warc", "typo.warc is not there"), ("", "an empty name names nothing")):
        done = worker("import", ROOT / "seeds", wrong, "--archive", tmp_path / "archive")
        assert (done.returncode, told in done.stderr) == (1, True)
    assert not (tmp_path / "archive").exists()


def test_as_many_hosts_as_are_counted_are_proposed_in_time():
    found = Imported(proposed=Counter({f"hoi{number}.test": 1 for number in range(30_000)}))
    start = process_time()
    proposed = import_._proposals(found, Sources(sources=()))
    assert len({one["id"] for one in proposed}) == 30_000
    assert process_time() - start < 6  # seconds of CPU; far above what it takes
