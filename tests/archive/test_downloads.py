"""What is taken away from lists that are longer than a page: all of it, or what is said to be missing."""

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from shutil import copytree
from urllib.parse import quote

import httpx
import pytest

from tests.archive.conftest import get, serving
from worker.browse.values import provinces
from worker.store import summaries
from worker.store.schema import open_writer

SUMS = 1_260
"""Sums that article 2 tells, of each province by turns: more than Datasette gives at once."""


@pytest.fixture(scope="module")
def crowded(offline_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on the seeds, of which one article tells more than a thousand sums, of all provinces."""
    directory = tmp_path_factory.mktemp("crowded")
    copytree(offline_archive, directory / "archive")
    codes = sorted(provinces())
    with closing(open_writer(directory / "archive/news.db")) as connection:
        connection.executemany(
            'INSERT INTO facts (article, kind, text, part, start, "end", value, number, province, year, indicator,'
            " rule, confidence) SELECT id, 'money', substr(body, 1, 9), 'body', 0, 9, json_object('vnd', ?1), ?1, ?2,"
            " 2022, 'sponsorship_money', 'test', 1 FROM articles WHERE id = 2",
            [(at + 1, codes[at % len(codes)]) for at in range(SUMS)],
        )
        summaries.rebuild(connection)
    with serving(directory / "archive", log=directory / "log") as address:
        yield address


def link(page: str, name: str) -> str:
    """Where the link of that name leads."""
    (address,) = re.findall(rf'<a href="([^"]*)">{name}</a>', page)
    return unescape(address)


def taken(site: str, address: str) -> list[dict[str, str]]:
    """The rows of a CSV, which comes as a file."""
    answer = httpx.get(address if address.startswith("http") else site + address, timeout=60).raise_for_status()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))


def test_the_csv_of_a_table_has_every_row_that_the_page_counts(crowded: str):
    page = get(f"{crowded}/news/facts?kind=money&_sort_desc=number")
    counted = re.search(r"<strong>([\d.]+) hàng khớp</strong>", page)
    assert counted
    found = taken(crowded, link(page, "CSV"))
    assert len({row["id"] for row in found}) == len(found) == int(counted[1].replace(".", "")) > SUMS
    assert {row["kind"] for row in found} == {"money"}


def test_what_is_downloaded_from_the_second_page_begins_with_the_first_row(crowded: str):
    first = get(f"{crowded}/news/facts?kind=money")
    second = get(unescape(re.findall(r'<a href="([^"]*)" rel="next"', first)[0]))
    assert second != first
    assert taken(crowded, link(second, "CSV")) == taken(crowded, link(first, "CSV"))
    told = httpx.get(crowded + link(second, "JSON"), timeout=60).json()
    assert told["rows"][0]["id"] == int(taken(crowded, link(first, "CSV"))[0]["id"])
    assert (len(told["rows"]), bool(told["next_url"])) == (1000, True)


@pytest.mark.parametrize("sort", ["_sort=year", "_sort_desc=year", "_sort=org", "_sort_desc=number", "_sort_desc=org"])
def test_every_row_stands_on_one_of_the_pages_however_they_are_sorted(site: str, sort: str):
    everything = httpx.get(f"{site}/news/facts.json?article=4&_size=max&_shape=objects", timeout=60).json()["rows"]
    found, address = [], f"{site}/news/facts.json?article=4&_size=40&_shape=objects&{sort}"
    while address:
        answer = httpx.get(address, timeout=60).raise_for_status().json()
        found += answer["rows"]
        address = answer["next_url"]
    assert sorted(row["id"] for row in found) == sorted(row["id"] for row in everything)
    told = [row[sort.partition("=")[2]] for row in found]
    values = [value for value in told if value is not None]
    assert values == sorted(values, reverse="desc" in sort)
    assert len(set(values)) < len(values) < len(told), "rows that are alike, and rows that have no value"


@pytest.mark.parametrize("asked", ["entities?kind=place&_sort=data", "entities?kind=place&_sort_desc=code"])
def test_every_entity_stands_on_one_of_the_sorted_pages(site: str, asked: str):
    address, found = f"{site}/news/{asked.replace('?', '.json?')}&_size=20&_shape=objects", []
    while address:
        answer = httpx.get(address, timeout=60).raise_for_status().json()
        found += [row["id"] for row in answer["rows"]]
        address = answer["next_url"]
    assert len(set(found)) == len(found) == answer["filtered_table_rows_count"] > 40


def test_a_table_that_fits_is_downloaded_in_its_order(site: str):
    page = get(f"{site}/news/facts?kind=money&_sort_desc=number")
    numbers = [float(row["number"]) for row in taken(site, link(page, "CSV")) if row["number"]]
    assert len(numbers) > 20
    assert numbers == sorted(numbers, reverse=True)


def test_all_facts_of_an_article_are_downloaded(crowded: str):
    page = get(f"{crowded}/news/article/2")
    found = taken(crowded, link(page, "CSV"))
    assert len(found) > SUMS
    assert {row["article"] for row in found} == {"2"}


def test_a_question_says_how_much_its_downloads_leave_out(crowded: str):
    page = get(f"{crowded}/news/indicators?indicator=sponsorship_money&province=&year=")
    assert "Chỉ hiện 100 hàng đầu; tệp CSV, JSON cũng chỉ có 1.000 hàng đầu." in page
    assert len(taken(crowded, link(page, "CSV"))) == 1000
    assert len(taken(crowded, "/indicators.csv?indicator=sponsorship_money")) > SUMS
    fewer = get(f"{crowded}/news/indicators?indicator=sponsorship_money&province=ha&year=")
    said = re.search(r"Chỉ hiện 100 hàng đầu; tệp CSV, JSON có đủ ([\d.]+) hàng", fewer)
    assert said
    assert len(taken(crowded, link(fewer, "CSV"))) == int(said[1])


@pytest.mark.parametrize("written", ["TP HCM", "ho chi minh", "tp. Hồ Chí Minh"])
def test_a_question_knows_a_province_by_any_usual_spelling(crowded: str, written: str):
    page = get(f"{crowded}/news/indicators?indicator=sponsorship_money&province={quote(written)}&year=")
    found = taken(crowded, link(page, "CSV"))
    assert {row["province"] for row in found} == {"Hồ Chí Minh"}


@pytest.mark.parametrize("code", ["01", "40", "96"])
def test_every_province_can_be_chosen_and_dropped_again(crowded: str, code: str):
    everything = get(f"{crowded}/search?q=hoi")
    assert f'href="/search?q=hoi&amp;province={code}"' in everything
    chosen = get(f"{crowded}/search?q=hoi&province={code}")
    at_once = chosen.partition('<details class="rest">')[0]
    assert re.search(r'<li class="selected"><a href="/search\?q=hoi" aria-current="true">', at_once)
