"""`worker import`."""

import json


def test_the_seeds_can_be_imported_like_any_folder(worker, offline_archive, tmp_path):
    done = worker("import", "seeds", "--archive", tmp_path / "archive")
    assert done.returncode == 0, done.stderr
    assert "Articles found: 5" in done.stdout and "Records passed over: 0" in done.stdout
    own = offline_archive / "warc" / "news-000001.warc.gz"
    again = worker("import", own, "--archive", tmp_path / "archive", "--json")
    assert json.loads(again.stdout) == {"pages": {"known": 5}, "passed": {}, "proposed": []}
    assert "is sound: 5 articles" in worker("verify", "--archive", tmp_path / "archive").stdout


def test_a_file_of_another_kind_is_refused(worker, tmp_path):
    done = worker("import", "README.md", "--archive", tmp_path / "archive")
    assert done.returncode == 1
    assert "README.md is neither a WARC file" in done.stderr
