"""`worker facts` on the five seeds."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from tests.commands.terminal import on_a_terminal
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
    assert [(row["text"], row["number"]) for row in rows] == [("45 suất", "45"), ("'-3 con", "-3")]
    assert {(row["title"], row["sentence"]) for row in rows} == {("'@SUM(1+1)", f"'{body}")}


def test_for_a_person_it_is_text_and_nothing_found_is_said(worker, offline_archive):
    shown = worker("facts", "--kind", "money", "--limit", "2", "--archive", offline_archive).stdout
    assert shown.endswith("2 facts\n\nThere is more: raise --limit.\n")
    assert (
        "There is more" not in worker("facts", "--kind", "theme", "--limit", "500", "--archive", offline_archive).stdout
    )
    assert worker("facts", "xyzzy", "--archive", offline_archive).stdout == "No fact was found.\n"
    assert worker("facts", "--province", "Atlantis", "--archive", offline_archive).returncode == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--kind", "moneys"), "'moneys' is not one of 'money', "),
        (("--indicator", "orphans_sponsord"), "is not an indicator; did you mean orphans_sponsored?"),
        (("--csv", "--json"), "--csv and --json are two forms of the same; give one"),
        (("--table",), "--table sets indicators side by side; name them with --indicator"),
        (
            ("--kind", "award", "--province", "Gia Lai"),
            "facts of the kind award have no province of their own; ask for",
        ),
        (("--kind", "person", "--year", "2023"), "facts of the kind person have no year of their own; ask for words"),
        (("--table", "--limit", "5", "--indicator", "orphans_sponsored"), "--table compares all facts, so --limit"),
    ],
)
def test_an_option_that_means_nothing_is_told(worker, offline_archive, wrong, says):
    done = worker("facts", *wrong, "--archive", offline_archive)
    assert done.returncode == 2
    assert says in done.stderr


BOTH = ("--indicator", "orphans_sponsored", "--indicator", "sponsorship_money")


def test_orphans_and_money_stand_side_by_side_by_province_and_year_above_the_sentences(worker, offline_archive):
    shown = worker("facts", "--table", *BOTH, "--archive", offline_archive).stdout.splitlines()
    cells = [line.split("  ") for line in shown[: shown.index("")]]
    table = [[cell.strip() for cell in line if cell] for line in cells]
    assert table[0] == ["year", "province", "orphans_sponsored", "sponsorship_money"]
    assert ["2022", "Hưng Yên", "486 trẻ em mồ côi [1]", "gần 3 tỷ đồng [1]"] in table
    assert ["2023", "Bình Phước", "501 trẻ mồ côi [3]", "hơn 2 tỷ đồng [3]"] in table
    said = next(line for line in shown if line.startswith("[3]"))
    assert "501 trẻ mồ côi" in said and "hơn 2 tỷ đồng" in said
    assert shown[shown.index(said) + 1].strip() == "https://danvan-binhphuoc.invalid/seed/002"


def test_the_table_is_had_for_a_spreadsheet_and_for_programs(worker, offline_archive):
    done = worker("facts", "--table", "--csv", *BOTH, "--province", "Bình Phước", "--archive", offline_archive)
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["province"], row["year"]) == ("Bình Phước", "2023")
    assert (row["orphans_sponsored"], row["sponsorship_money"]) == ("501", "2000000000")
    assert row["sponsorship_money_as_written"] in row["sponsorship_money_sentence"]
    assert row["orphans_sponsored_org"] == "Hội LHPN tỉnh Bình Phước"
    rows = asked(worker, offline_archive, "--table", *BOTH, "--year", "2022")
    (hung_yen,) = [row for row in rows if row["province"] == "33"]
    assert hung_yen["orphans_sponsored"]["number"] == 486
    assert hung_yen["sponsorship_money"]["url"] == hung_yen["orphans_sponsored"]["url"]


def test_the_table_takes_the_largest_number_and_says_how_many_others_are_told(worker, tmp_path):
    with opened(tmp_path) as archive:
        for title, count in (("Sáu tháng", 45), ("Cả năm", 60), ("Sơ kết", 45)):
            body = f"{title}: đỡ đầu {count} trẻ mồ côi."
            told = {"number": count, "province": "24", "year": 2022, "indicator": "orphans_sponsored"}
            archive.file(*page(title, body, facts=[fact(body, f"{count} trẻ mồ côi", "quantity", **told)]))
    shown = worker("facts", "--table", "--indicator", "orphans_sponsored", "--archive", tmp_path).stdout
    assert "60 trẻ mồ côi (+1) [1]" in shown


def test_the_table_prefers_what_the_province_s_own_union_tells_and_says_whose_else_it_is(worker, tmp_path):
    owners = {45: "Hội LHPN tỉnh Bắc Giang", 90: "Công ty Bình Minh", 60: None}
    with opened(tmp_path) as archive:
        for year, counts in ((2022, (60, 45, 90)), (2023, (90,))):
            for count in counts:
                body = f"Năm {year} đỡ đầu {count} trẻ mồ côi."
                told = {"number": count, "province": "24", "year": year, "indicator": "orphans_sponsored"}
                one = fact(body, f"{count} trẻ mồ côi", "quantity", **told)
                value = {**one.value, **({"org": owners[count]} if owners[count] else {})}
                archive.file(*page(f"{year} {count}", body, facts=[replace(one, value=value)]))
    shown = worker("facts", "--table", "--indicator", "orphans_sponsored", "--archive", tmp_path).stdout
    assert "45 trẻ mồ côi (+2) [1]" in shown
    assert "90 trẻ mồ côi (Công ty Bình Minh) [2]" in shown


@pytest.mark.parametrize(("said", "shown"), [({"planned": True}, "planned"), ({"since": 2017}, "since 2017")])
def test_the_table_has_no_plans_nothing_of_several_years_and_the_list_says_that_they_are(worker, tmp_path, said, shown):
    body = "Đỡ đầu 45 trẻ mồ côi. Phấn đấu đỡ đầu 90 trẻ mồ côi."
    with opened(tmp_path) as archive:
        told = {"province": "24", "year": 2022, "indicator": "orphans_sponsored"}
        done = fact(body, "45 trẻ mồ côi", "quantity", number=45, **told)
        plan = fact(body, "90 trẻ mồ côi", "quantity", number=90, **told)
        archive.file(*page("Sơ kết", body, facts=[done, replace(plan, value={**plan.value, **said})]))
    asked = ("--indicator", "orphans_sponsored", "--archive", tmp_path)
    assert "90" not in worker("facts", "--table", *asked).stdout
    listed = worker("facts", *asked).stdout
    assert f"orphans_sponsored · {shown}" in listed
    assert listed.count(shown) == 1


def test_facts_of_several_indicators_are_listed_one_indicator_after_the_other(worker, offline_archive):
    rows = asked(worker, offline_archive, *BOTH)
    assert [row["indicator"] for row in rows] == ["orphans_sponsored"] * 4 + ["sponsorship_money"] * 5


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


def test_facts_are_found_by_whose_they_are_in_any_spelling(worker, offline_archive):
    full, short = (asked(worker, offline_archive, "--org", name) for name in ("Hội LHPN Việt Nam", "hoi lhpn viet nam"))
    assert full == short and {row["org"] for row in full} == {"Hội LHPN Việt Nam"}
    assert asked(worker, offline_archive, "--org", "liên hiệp phụ nữ việt nam") == full
    assert asked(worker, offline_archive, "--org", "xyzzy") == []
    assert asked(worker, offline_archive, "--org", "hoi lhpn huyen chu pah")  # "… huyện Chư Păh, tỉnh Gia Lai"
    done = worker("facts", "--csv", "--org", "viet nam", "--kind", "quantity", "--archive", offline_archive)
    assert {row["org"] for row in csv.DictReader(io.StringIO(done.stdout))} <= {"Hội LHPN Việt Nam"}


def test_the_whole_sentence_is_shown_with_the_fact_marked(worker, tmp_path):
    sentence = "Hội xây 5 nhà; sửa 3 cầu; trao 9 suất quà trị giá 2 triệu đồng; thăm 4 Mẹ."
    body = f"Trước đó họp. {sentence} Hết."
    with opened(tmp_path) as archive:
        archive.file(*page("Tin", body, facts=[fact(body, "9 suất quà", "quantity", number=9)]))
    (row,) = asked(worker, tmp_path)
    assert row["sentence"] == sentence
    assert row["sentence"][row["at"] :].startswith(row["text"])
    assert len(asked(worker, tmp_path, "xây nhà")) == 1
    assert f"    {sentence}\n" in worker("facts", "--archive", tmp_path).stdout
    shown = on_a_terminal("facts", "--archive", tmp_path)
    assert "trao \x1b[1m9 suất quà\x1b[0m trị giá" in shown


def test_sums_are_whole_in_csv(worker, offline_archive):
    done = worker("facts", "--kind", "money", "--csv", "--archive", offline_archive)
    sums = [row["number"] for row in csv.DictReader(io.StringIO(done.stdout))]
    assert "15000000000" in sums and not [one for one in sums if "." in one]


@pytest.mark.parametrize("words", [('"',), ("*",), ("",), ("--org", ""), ("tre", "--org", "…")])
def test_words_that_are_none_do_not_list_everything(worker, offline_archive, words):
    done = worker("facts", *words, "--archive", offline_archive)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no word to look for in" in done.stderr
