"""`worker facts` on the five seeds."""

import csv
import io
import json


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


def test_csv_is_for_spreadsheets_and_holds_no_formula(worker, offline_archive):
    done = worker("facts", "--csv", "--kind", "money", "--archive", offline_archive)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert "16500000000.0" in {row["number"] for row in rows} or "16500000000" in {row["number"] for row in rows}
    assert all(not row["sentence"].startswith(("=", "+", "@")) for row in rows)


def test_for_a_person_it_is_text_and_nothing_found_is_said(worker, offline_archive):
    shown = worker("facts", "--kind", "money", "--limit", "2", "--archive", offline_archive).stdout
    assert shown.endswith("2 facts\n")
    assert worker("facts", "xyzzy", "--archive", offline_archive).stdout == "No fact was found.\n"
    assert worker("facts", "--province", "Atlantis", "--archive", offline_archive).returncode == 2
