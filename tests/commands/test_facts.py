"""`worker facts` on the five seeds."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.conftest import ROOT
from tests.store.pages import fact, opened, page


def asked(worker, archive, *args):
    done = worker("facts", "--json", "--archive", archive, *args)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_row_shows_the_sentence_that_says_it(worker, offline_archive):
    rows = asked(worker, offline_archive)
    assert len(rows) > 200
    assert all(row["text"].split()[0] in row["sentence"] for row in rows)
    assert all("\n" not in row["sentence"] for row in rows)


def test_facts_are_found_by_kind_and_by_words_of_their_sentence_without_marks(worker, offline_archive):
    rows = asked(worker, offline_archive, "tre mo coi", "--kind", "quantity")
    assert {1209, 501, 486} <= {row["number"] for row in rows}
    assert all("mồ côi" in row["sentence"] for row in rows)
    assert {row["kind"] for row in rows} == {"quantity"}


def test_people_who_hold_no_office_are_left_out_unless_asked_for(worker, offline_archive):
    public = {row["text"] for row in asked(worker, offline_archive, "--kind", "person")}
    everyone = {row["text"] for row in asked(worker, offline_archive, "--kind", "person", "--private")}
    assert "Siu Ajuih" in everyone - public
    assert "Trần Lan Phương" in public


def test_csv_is_for_spreadsheets_and_holds_no_formula(worker, tmp_path):
    body = '=HYPERLINK("https://x.invalid") 45 suất quà, -3 con bò.'
    facts = [fact(body, "45 suất", "quantity", number=45), fact(body, "-3 con", "quantity", number=-3)]
    with opened(tmp_path) as archive:
        archive.file(*page("@SUM(1+1)", body, facts=facts))
    done = worker("facts", "--csv", "--archive", tmp_path)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["text"], row["number"]) for row in rows] == [("45 suất", "45.0"), ("'-3 con", "-3.0")]
    assert {(row["title"], row["sentence"]) for row in rows} == {("'@SUM(1+1)", f"'{body}")}


def test_for_a_person_it_is_text_and_nothing_found_is_said(worker, offline_archive):
    shown = worker("facts", "--kind", "money", "--limit", "2", "--archive", offline_archive).stdout
    assert shown.endswith("2 facts\n")
    assert worker("facts", "xyzzy", "--archive", offline_archive).stdout == "No fact was found.\n"
    assert worker("facts", "--province", "Atlantis", "--archive", offline_archive).returncode == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--kind", "moneys"), "'moneys' is not one of 'money', "),
        (("--indicator", "orphans_sponsord"), "is not an indicator; did you mean orphans_sponsored?"),
        (("--csv", "--json"), "--csv and --json are two forms of the same; give one"),
    ],
)
def test_an_option_that_means_nothing_is_told(worker, offline_archive, wrong, says):
    done = worker("facts", *wrong, "--archive", offline_archive)
    assert done.returncode == 2
    assert says in done.stderr


def test_many_facts_are_sorted_without_the_texts_of_their_articles(offline_archive, tmp_path):
    archive = shutil.copytree(offline_archive, tmp_path / "many")
    with closing(sqlite3.connect(archive / "news.db")) as connection, connection:
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute("PRAGMA table_info(facts)") if row[1] != "id")
        for _ in range(5):
            connection.execute(f"INSERT INTO facts ({columns}) SELECT {columns} FROM facts")
    # No file of more than 2 MB, as SQLite's for sorting, can be written; the texts of all are twenty times as much.
    command = ("bash", "-c", 'ulimit -f 2000; exec "$@"', "-", sys.executable, "-m", "worker")
    asked = ("facts", "nhận trẻ", "--archive", archive)
    done = subprocess.run([*command, *asked], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "No fact" not in done.stdout
