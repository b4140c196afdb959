"""The archive as a data set: the same rows in every form, described column by column, without private persons."""

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from arro3.io import read_parquet

from tests.archive.altered import FACT, NAME
from tests.archive.conftest import rows
from tests.conftest import Worker
from tests.store.pages import opened, page
from worker.dataset import WRITTEN, DatasetError, export
from worker.store import Archive


def read_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_columns(path: Path) -> list[dict[str, Any]]:
    table = read_parquet(path).read_all()
    columns = {name: table[name].to_pylist() for name in table.column_names}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


READERS: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "parquet": read_columns,
}
FORMS = tuple(READERS)
FOR_ALL = [table for table in WRITTEN if table not in ("revisions", "attachments")]


@pytest.fixture(scope="module")
def written(altered_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One directory a form."""
    to = tmp_path_factory.mktemp("written")
    with Archive.open(altered_archive, write=False) as archive:
        for form in FORMS:
            export(archive, to / form, form)
    return to


@pytest.mark.parametrize("form", FORMS)
def test_every_table_has_its_rows(written: Path, altered_archive: Path, form: str):
    for table in set(FOR_ALL) - {"facts", "entities"}:
        found = READERS[form](written / form / f"{table}.{form}")
        assert [(len(found),)] == rows(altered_archive, f"SELECT count(*) FROM {table}"), table


def test_the_forms_say_the_same(written: Path):
    said = {
        form: [
            (int(row["id"]), row["text"], int(row["start"]), row["qualifier"] or None, float(row["confidence"]))
            for row in READERS[form](written / form / f"facts.{form}")
        ]
        for form in FORMS
    }
    assert said["csv"] == said["jsonl"] == said["parquet"]


def test_csv_holds_no_formula_and_the_other_forms_are_exact(tmp_path: Path):
    title, body = '=HYPERLINK("https://x.invalid")', "- Trao quà."
    with opened(tmp_path / "archive") as archive:
        archive.file(*page(title, body))
        for form in FORMS:
            export(archive, tmp_path / form, form, names=["articles"], private=True)
    told = {form: READERS[form](tmp_path / form / f"articles.{form}")[0] for form in FORMS}
    assert (told["csv"]["title"], told["csv"]["body"]) == (f"'{title}", f"'{body}")
    for form in set(FORMS) - {"csv"}:
        assert (told[form]["title"], told[form]["body"]) == (title, body)


def test_numbers_are_numbers_and_json_is_part_of_its_line(written: Path):
    (money, *_) = [row for row in read_jsonl(written / "jsonl/facts.jsonl") if row["kind"] == "money"]
    assert money["value"]["vnd"] == money["number"]
    (same,) = [row for row in read_columns(written / "parquet/facts.parquet") if row["id"] == money["id"]]
    assert (same["number"], same["article"]) == (money["number"], money["article"])
    assert json.loads(same["value"]) == money["value"]


@pytest.mark.parametrize("form", FORMS)
def test_private_persons_stay_out(written: Path, form: str):
    facts = READERS[form](written / form / f"facts.{form}")
    assert FACT not in {int(row["id"]) for row in facts}
    for table in FOR_ALL:
        assert NAME not in str(READERS[form](written / form / f"{table}.{form}")), table


def test_the_text_of_pages_is_for_who_asks_for_private_persons(written: Path, altered_archive: Path, tmp_path: Path):
    assert not {"lead", "body", "captions"} & set(read_jsonl(written / "jsonl/articles.jsonl")[0])
    assert not (written / "jsonl/revisions.jsonl").exists()
    with Archive.open(altered_archive, write=False) as archive:
        with pytest.raises(DatasetError, match="revisions holds the text of pages"):
            export(archive, tmp_path, "jsonl", names=["revisions"])
        assert not list(tmp_path.iterdir())
        export(archive, tmp_path, "jsonl", private=True)
    assert read_jsonl(tmp_path / "articles.jsonl")[0]["body"]
    assert sorted(path.stem for path in tmp_path.glob("*.jsonl")) == sorted(WRITTEN)


def test_private_persons_in_titles_are_left_their_initials(written: Path, altered_archive: Path):
    (title,) = rows(altered_archive, "SELECT title FROM articles WHERE id = 1")[0]
    assert NAME in title
    assert read_jsonl(written / "jsonl/articles.jsonl")[0]["title"] == title.replace(NAME, "N.T.K.")


def test_an_operator_can_have_them(altered_archive: Path, tmp_path: Path):
    with Archive.open(altered_archive, write=False) as archive:
        export(archive, tmp_path, "csv", names=["facts"], private=True)
    assert NAME in (tmp_path / "facts.csv").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "dictionary.csv", "facts.csv"]


@pytest.mark.parametrize("first", [False, True])
def test_what_may_be_published_and_what_may_not_never_share_a_directory(
    altered_archive: Path, tmp_path: Path, first: bool
):
    with Archive.open(altered_archive, write=False) as archive:
        export(archive, tmp_path, "csv", private=first)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        with pytest.raises(DatasetError, match=f"holds an export {'with' if first else 'without'} --private"):
            export(archive, tmp_path, "csv", private=not first)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
        export(archive, tmp_path, "jsonl", private=first)  # of the same sort, in another form
    assert NAME not in (tmp_path / "articles.csv").read_text("utf-8") or first


def test_an_export_that_is_cut_off_has_said_already_that_it_is_private(altered_archive: Path, tmp_path: Path):
    class CutOffError(Exception):
        pass

    def cut_off(_name: str, _rows: int) -> None:
        raise CutOffError

    with Archive.open(altered_archive, write=False) as archive:
        with pytest.raises(CutOffError):
            export(archive, tmp_path, "csv", private=True, told=cut_off)
        with pytest.raises(DatasetError, match="with --private"):
            export(archive, tmp_path, "csv")


def test_a_table_that_is_named_twice_is_written_once(altered_archive: Path, tmp_path: Path):
    with Archive.open(altered_archive, write=False) as archive:
        export(archive, tmp_path, "csv", names=["sources", "sources"])
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [one["name"] for one in package["resources"]] == ["sources"]


@pytest.mark.parametrize("form", FORMS)
def test_the_package_says_what_each_file_and_column_holds(written: Path, form: str):
    package = json.loads((written / form / "datapackage.json").read_text("utf-8"))
    assert [one["name"] for one in package["resources"]] == FOR_ALL
    for one in package["resources"]:
        content = (written / form / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        fields = one["schema"]["fields"]
        assert all(field["title"] and field["description"] for field in fields), one["name"]
        found = READERS[form](written / form / one["path"])
        assert len(found) == one["rows"]
        assert all(list(row) == [field["name"] for field in fields] for row in found)


def test_the_dictionary_is_a_table_too(written: Path):
    with (written / "csv/dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        said = {(row["table"], row["column"]): row for row in csv.DictReader(file)}
    assert said["facts", "article"]["refers_to"] == "articles.id"
    assert said["facts", "article"]["type"] == "integer"
    assert said["indicators", "value"]["type"] == "number"
    assert said["articles", "title"]["meaning_en"] == "The title as on the page"


def test_a_table_that_is_none_is_named_in_a_sentence(altered_archive: Path, tmp_path: Path):
    with Archive.open(altered_archive, write=False) as archive, pytest.raises(DatasetError, match="no table nothing"):
        export(archive, tmp_path, "csv", names=["nothing"])
    assert not list(tmp_path.iterdir())


def test_the_command_tells_of_each_file(worker: Worker, altered_archive: Path, tmp_path: Path):
    done = worker("export", "data", tmp_path, "--archive", altered_archive, "--table", "articles", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, "articles.jsonl: 5 rows\n")
    refused = worker("export", "data", tmp_path, "--archive", altered_archive, "--table", "shingles")
    assert refused.returncode == 1
    assert refused.stderr.startswith("worker: there is no table shingles; there are articles, ")
