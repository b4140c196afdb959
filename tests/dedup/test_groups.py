"""Groups of copies, as pages are filed: who joins, who stays out, whom they are grouped around."""

import inspect
import json
import re
import sys
from itertools import count
from random import Random
from zlib import crc32

import pytest

from tests.dedup.stories import (
    BODY,
    OTHER_BODY,
    OTHER_TITLE,
    RESOLUTION,
    TITLE,
    expanded,
    first,
    next_year,
    shuffled,
    with_lead,
)
from tests.store.pages import SONGLAM, THANHMY, fact, opened, page
from worker.store import Outcome, rebuilding
from worker.store.transaction import transaction


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def file(archive):
    hours = count()

    def file(title, body, **more):
        return archive.file(*page(title, body, hours=next(hours), **more))

    return file


def members(archive, kinds=("same", "near")):
    """Per group: its canonical article and its members."""
    rows = archive.connection.execute(
        "SELECT kind, canonical, group_concat(article) FROM groups JOIN group_members ON group_id = id GROUP BY id"
    )
    return [(canonical, sorted(map(int, of.split(",")))) for kind, canonical, of in rows if kind in kinds]


COPIES = {
    "whole": BODY,
    "expanded": expanded(BODY),
    "shuffled": shuffled(BODY),
    "foreign lead": with_lead(BODY),
    "half": first(BODY, 0.5),
    "quarter": first(BODY, 0.25),
}


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_on_another_site_is_filed_and_grouped_with_the_original(archive, file, copy):
    original = file(TITLE, BODY)
    filed = file("Trao vốn", COPIES[copy], of=THANHMY)
    assert (original.outcome, filed.outcome) == (Outcome.NEW, Outcome.DUPLICATE)
    assert filed.copy_of == original.url
    assert members(archive) == [(original.article_id, [original.article_id, filed.article_id])]


@pytest.mark.parametrize("copy", ["half", "quarter"])
def test_an_original_that_comes_after_its_excerpt_becomes_the_canonical_one(archive, file, copy):
    excerpt = file("Trao vốn", COPIES[copy], of=THANHMY)
    original = file(TITLE, BODY)
    assert original.outcome is Outcome.NEW
    assert members(archive) == [(original.article_id, [excerpt.article_id, original.article_id])]


def test_two_halves_come_together_when_the_whole_arrives(archive, file):
    words = BODY.split(" ")
    one = file("Phần một", " ".join(words[: len(words) // 2]))
    two = file("Phần hai", " ".join(words[len(words) // 2 :]), of=THANHMY)
    assert members(archive) == []
    whole = file(TITLE, BODY)
    assert members(archive) == [(whole.article_id, [one.article_id, two.article_id, whole.article_id])]


def test_next_year_s_twin_is_not_grouped(archive, file):
    file(TITLE, BODY)
    assert file(next_year(TITLE), next_year(BODY), of=THANHMY).outcome is Outcome.NEW
    assert members(archive, ("same", "near", "related")) == []


def test_a_resolution_that_two_articles_quote_does_not_tie_them_together(archive, file):
    one = file(TITLE, BODY + "\n" + RESOLUTION)
    file("Nghị quyết", RESOLUTION, of=THANHMY)
    two = file(OTHER_TITLE, OTHER_BODY + "\n" + RESOLUTION)
    groups = members(archive)
    assert not any({one.article_id, two.article_id} <= set(group) for _, group in groups)


def test_the_earliest_by_its_own_date_is_canonical_whenever_it_was_found(archive, file):
    file(TITLE, BODY, published="2023-09-20")
    earlier = file("Trao vốn", shuffled(BODY), of=THANHMY, published="2023-09-14T08:00+07:00")
    assert members(archive)[0][0] == earlier.article_id


def test_the_stated_source_is_canonical_though_it_is_dated_later(archive, file):
    copy = file(TITLE, BODY, published="2023-09-14", origin="Nguồn: thanhmy.example.vn")
    stated = file("Trao vốn", shuffled(BODY), of=THANHMY, published="2023-09-15")
    assert members(archive) == [(stated.article_id, [copy.article_id, stated.article_id])]
    (evidence,) = archive.connection.execute(
        "SELECT evidence FROM group_members WHERE article = ?", [copy.article_id]
    ).fetchone()
    said = json.loads(evidence)
    assert said["copy_of"] == stated.article_id
    assert said["states_source"] is True
    assert said["title"] == "changed"
    assert (said["day"], said["original_day"]) == ("2023-09-14", "2023-09-15")
    assert said["containment"] >= 0.8


def test_articles_that_share_a_part_are_related_and_no_duplicates(archive, file):
    one = file(TITLE, BODY)
    two = file(OTHER_TITLE, first(BODY, 0.45) + "\n" + OTHER_BODY, of=THANHMY)
    assert two.outcome is Outcome.NEW
    assert members(archive) == []
    assert members(archive, ["related"]) == [(one.article_id, [one.article_id, two.article_id])]


def told(body, what, *, day, where="tỉnh Nghệ An", host=None, name="Lễ trao vốn khởi nghiệp năm 2023"):
    value = {"name": name, "when": day, "where": where, "host": host}
    return [fact(body, what, "event", value=value, date_start=day, name=name)]


SAME_EVENT = {
    "another name": {"name": "Trao vốn khởi nghiệp cho phụ nữ nghèo năm 2023"},
    "a nearer place": {"where": "huyện Sông Lam, tỉnh Nghệ An"},
    "no place but the host": {"where": None, "host": "Hội LHPN huyện Sông Lam"},
}
OTHER_EVENT = {
    "another day": {"day": "2023-09-15"},
    "another place": {"where": "tỉnh Hà Tĩnh"},
    "another thing": {"name": "Khai giảng lớp dệt thổ cẩm"},
    "neither place nor host": {"where": None},
}


def tellings(file, **other):
    host = "Hội LHPN huyện Sông Lam"
    where = None if other.get("where", "") is None and other.get("host") else "tỉnh Nghệ An"
    one = file(TITLE, BODY, facts=told(BODY, "lễ trao vốn", day="2023-09-14", where=where, host=host))
    facts = told(OTHER_BODY, "ra mắt", **{"day": "2023-09-14"} | other)
    return one, file(OTHER_TITLE, OTHER_BODY, of=THANHMY, facts=facts)


@pytest.mark.parametrize("other", SAME_EVENT)
def test_one_event_told_in_other_words_is_related_by_day_place_and_name(archive, file, other):
    one, two = tellings(file, **SAME_EVENT[other])
    assert members(archive, ["related"]) == [(one.article_id, [one.article_id, two.article_id])]
    (evidence,) = archive.connection.execute(
        "SELECT evidence FROM group_members WHERE article = ?", [two.article_id]
    ).fetchone()
    assert json.loads(evidence)["day"] == "2023-09-14"
    assert two.outcome is Outcome.NEW


@pytest.mark.parametrize("other", OTHER_EVENT)
def test_another_event_is_not_related(archive, file, other):
    tellings(file, **OTHER_EVENT[other])
    assert members(archive, ["related"]) == []


def test_all_tellings_of_a_cluster_s_meeting_are_one_group(archive, file):
    texts = {TITLE: BODY, OTHER_TITLE: OTHER_BODY, "Nghị quyết": RESOLUTION}
    filed = []
    for title, body in texts.items():
        facts = told(body, body[:9], day="2023-11-21", where=None, host="Cụm thi đua miền Trung", name=title)
        filed.append(file(title, body, facts=facts).article_id)
    assert members(archive, ["related"]) == [(filed[0], filed)]


def test_a_member_that_is_rewritten_leaves_the_group(archive, file):
    file(TITLE, BODY)
    copy = file("Trao vốn", shuffled(BODY), of=THANHMY, url="https://thanhmy.example.vn/1.html")
    again = file("Trao vốn", OTHER_BODY, of=THANHMY, url="https://thanhmy.example.vn/1.html")
    assert again.article_id == copy.article_id
    assert again.outcome is Outcome.CHANGED
    assert members(archive) == []


def test_a_canonical_article_that_is_rewritten_leaves_its_copies_to_one_another(archive, file):
    file(TITLE, BODY, url=f"{SONGLAM.home}1.html")
    one = file("Một", shuffled(BODY), of=THANHMY)
    two = file("Hai", with_lead(BODY), of=THANHMY)
    file(TITLE, OTHER_BODY, url=f"{SONGLAM.home}1.html")
    assert members(archive) == [(one.article_id, [one.article_id, two.article_id])]


def test_copies_of_parts_stay_together_when_the_whole_is_rewritten(archive, file):
    words = BODY.split(" ")
    half = len(words) // 2
    beginning, end = " ".join(words[:half]), " ".join(words[half:])
    file(TITLE, BODY, url=f"{SONGLAM.home}1.html", published="2023-09-14")
    file("Đầu", beginning, of=THANHMY, published="2023-09-15")  # the earliest of the rest, of which none is a copy
    one, two = (file(f"Cuối {n}", end, of=THANHMY, published="2023-09-16") for n in (1, 2))
    assert len(members(archive)[0][1]) == 4
    file(TITLE, OTHER_BODY, url=f"{SONGLAM.home}1.html", published="2023-09-14")
    assert members(archive) == [(one.article_id, [one.article_id, two.article_id])]
    assert archive.verify() == []


def test_an_article_that_becomes_a_copy_joins(archive, file):
    original = file(TITLE, BODY)
    file("Sắp có", OTHER_BODY, of=THANHMY, url="https://thanhmy.example.vn/1.html")
    later = file("Trao vốn", BODY, of=THANHMY, url="https://thanhmy.example.vn/1.html")
    assert members(archive, ["same"]) == [(original.article_id, [original.article_id, later.article_id])]


def test_copies_of_a_press_release_are_found_though_its_shingles_are_full(archive, file, monkeypatch):
    monkeypatch.setattr("worker.dedup.index.MOST", 3)
    monkeypatch.setattr("worker.dedup.groups.MOST_EQUAL", 1)
    monkeypatch.setattr("worker.dedup.groups.MOST_REDRAWN", 5)
    filed = [file(f"Bản {n}", f"Bản tin số {'i' * n}. {BODY}") for n in range(1, 9)]
    assert members(archive) == [(filed[0].article_id, [one.article_id for one in filed])]
    filed_under = archive.connection.execute("SELECT articles FROM shingles")
    assert max(len(articles.split(",")) for (articles,) in filed_under) == 3


def test_the_order_of_arrival_does_not_matter_for_who_is_grouped(archive, file):
    for name in reversed(COPIES):
        file(name, COPIES[name], published="2023-09-14" if name == "whole" else "2023-09-15")
    file(OTHER_TITLE, OTHER_BODY)
    ((canonical, group),) = members(archive)
    assert len(group) == len(COPIES)
    title = archive.connection.execute("SELECT title FROM articles WHERE id = ?", [canonical]).fetchone()
    assert title == ("whole",)


def test_a_star_whose_parts_share_nothing_falls_apart_however_many_they_are(archive):
    syllables = [first + last for first in "bchklmnt" for last in ("a", "e", "o", "ang", "inh", "ông")]
    words = Random(0).choices(syllables, k=66 * 60)  # noqa: S311  # words, not secrets
    parts = [" ".join(words[start : start + 60]) for start in range(0, len(words), 60)]
    whole, dates = f"{SONGLAM.home}tin/goc.html", {"published_precision": "day"}
    archive.file(*page("Bài gốc", " ".join(words), url=whole, published="2024-01-01", **dates))
    for number, part in enumerate([parts[0], *parts], 1):
        archive.file(*page(f"Phần {number}", part, hours=number / 60, published="2024-01-02", **dates))
    assert archive.connection.execute("SELECT count(*) FROM group_members").fetchone()[0] > 65
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    try:
        archive.file(*page("Bài gốc", BODY, url=whole, hours=50, published="2024-01-01", **dates))
    finally:
        sys.setrecursionlimit(limit)
    assert archive.connection.execute("SELECT count(*) FROM group_members").fetchone() == (2,)


@pytest.mark.parametrize("corrected", [0, 1, 2])
def test_an_article_that_is_corrected_stays_related_to_who_tells_of_its_event(archive, file, corrected):
    stories = [(TITLE, BODY), (OTHER_TITLE, OTHER_BODY), ("Nghị quyết", RESOLUTION)]
    pages = []
    for number, (title, body) in enumerate(stories):
        facts = told(body, body[:9], day="2023-09-14")
        pages.append((title, body, {"url": f"{SONGLAM.home}{number}.html", "facts": facts}))
    filed = [file(title, body, **more).article_id for title, body, more in pages]
    related = [(filed[0], filed)]
    assert members(archive, ["related"]) == related
    title, body, more = pages[corrected]
    assert file(f"{title} (sửa)", body, **more).outcome is Outcome.CHANGED
    assert members(archive, ["related"]) == related


def test_an_article_that_is_corrected_stays_related_to_who_shares_a_part_with_it(archive, file):
    one = file(TITLE, BODY, url=f"{SONGLAM.home}1.html")
    two = file(OTHER_TITLE, first(BODY, 0.45) + "\n" + OTHER_BODY, of=THANHMY)
    file(f"{TITLE} (sửa)", BODY, url=f"{SONGLAM.home}1.html")
    assert members(archive, ["related"]) == [(one.article_id, [one.article_id, two.article_id])]


def test_an_event_that_a_correction_brings_ties_the_article_to_who_told_of_it_since(archive, file):
    one = file(TITLE, BODY, url=f"{SONGLAM.home}1.html")
    two = file(OTHER_TITLE, OTHER_BODY, of=THANHMY, facts=told(OTHER_BODY, "ra mắt", day="2023-09-14"))
    facts = told(BODY, "lễ trao vốn", day="2023-09-14")
    file(f"{TITLE} (sửa)", BODY, url=f"{SONGLAM.home}1.html", facts=facts)
    assert members(archive, ["related"]) == [(one.article_id, [one.article_id, two.article_id])]


def test_of_one_day_the_earliest_by_the_clock_is_canonical_whichever_was_seen_first(archive, file):
    file(TITLE, BODY, published="2023-09-14T16:00+07:00")
    morning = file("Trao vốn", shuffled(BODY), of=THANHMY, published="2023-09-14T08:30+07:00")
    assert members(archive)[0][0] == morning.article_id


@pytest.mark.parametrize("published", ["2023-09-14", "2023-09-14T00:00+07:00"])
def test_where_one_of_them_states_no_time_the_first_that_was_seen_is_canonical(archive, file, published):
    seen = file(TITLE, BODY, published=published)
    file("Trao vốn", shuffled(BODY), of=THANHMY, published="2023-09-14T08:30+07:00")
    assert members(archive)[0][0] == seen.article_id


@pytest.mark.parametrize(
    ("origin", "is_stated"),
    [
        ("Hội Liên hiệp Phụ nữ thanhmy", True),
        ("Theo HỘI LHPN Thanhmy", True),
        ("https://www.thanhmy.example.vn/tin/1.html", True),
        ("Hội LHPN thanhmyhoa", False),
        ("xathanhmy.example.vn", False),
        ("tin.thanhmy.example.vn", False),
        ("thanhmy.example.vn.org", False),
    ],
)
def test_a_stated_source_is_known_by_its_whole_name_or_host_however_it_is_shortened(archive, file, origin, is_stated):
    copy = file(TITLE, BODY, published="2023-09-14", origin=origin)
    stated = file("Trao vốn", shuffled(BODY), of=THANHMY, published="2023-09-15")
    assert members(archive)[0][0] == (stated if is_stated else copy).article_id


@pytest.mark.parametrize("more", [{"published": "2023-09-10"}, {"published": None}])
def test_a_date_that_is_stated_later_decides_anew_which_is_the_original(archive, file, more):
    one = file(TITLE, BODY, url=f"{SONGLAM.home}1.html", published="2023-09-14")
    two = file("Trao vốn", shuffled(BODY), of=THANHMY, url=f"{THANHMY.home}2.html", published="2023-09-20")
    assert members(archive)[0][0] == one.article_id
    file("Trao vốn", shuffled(BODY), of=THANHMY, url=f"{THANHMY.home}2.html", payload="again", **more)
    assert members(archive)[0][0] == (two if more["published"] else one).article_id


def test_an_original_that_comes_after_its_excerpt_takes_over_who_tells_of_the_same_event(archive, file):
    excerpt = first(BODY, 0.4)
    texts = {"Trích": excerpt, OTHER_TITLE: OTHER_BODY, TITLE: BODY, "Nghị quyết": RESOLUTION}
    day = "2023-09-14"
    one, two, whole, last = (file(title, body, facts=told(body, body[:9], day=day)) for title, body in texts.items())
    assert members(archive) == [(whole.article_id, [one.article_id, whole.article_id])]
    tellings = [two.article_id, whole.article_id, last.article_id]
    assert members(archive, ["related"]) == [(whole.article_id, tellings)]
    file(TITLE, "Trang này không còn bài viết.", url=f"{SONGLAM.home}tin/{crc32(TITLE.encode())}.html")
    assert members(archive, ["related"]) == [(one.article_id, [one.article_id, two.article_id, last.article_id])]


YEARLY = re.sub(r"\d[\d.,/]*|năm", "nhiều", BODY)
"""An announcement that states neither a year nor a day."""


@pytest.mark.parametrize(
    ("body", "days", "grouped"),
    [
        (YEARLY, ("2023-09-14", "2024-09-20"), False),
        (YEARLY, ("2024-09-20", "2023-09-14"), False),
        (YEARLY, ("2023-09-14", "2023-11-20"), True),
        (YEARLY, ("2023-09-14", None), True),
        (f"{YEARLY} Năm 2023 là năm thứ ba.", ("2023-09-14", "2024-09-20"), True),
        (f"Ngày 14/9, {YEARLY}", ("2023-09-14", "2024-09-20"), False),
        (f"Ngày 14/9, {YEARLY}", ("2023-09-14", "2024-02-20"), True),
        (f"Ngày 29/2, {YEARLY}", ("2022-02-14", "2024-02-20"), False),
    ],
)
def test_one_text_that_is_published_again_after_months_is_another_event_unless_it_says_which(
    archive, file, body, days, grouped
):
    for of, day in zip((SONGLAM, THANHMY), days, strict=True):
        file("Thông báo tuyển sinh lớp học nghề", body, of=of, published=day)
    assert bool(members(archive)) == grouped
    assert not archive.verify()


def test_each_year_s_announcement_has_its_own_copies(archive, file):
    for year in (2024, 2023):
        for of in (THANHMY, SONGLAM):
            file("Thông báo", YEARLY, of=of, published=f"{year}-09-14", url=f"{of.home}{year}.html")
    undated = file("Thông báo tuyển sinh", YEARLY, url=f"{SONGLAM.home}nua.html")
    grouped = sorted([one for one in of if one != undated.article_id] for _, of in members(archive))
    assert grouped == [[1, 2], [3, 4]]


def test_a_date_that_is_stated_later_takes_next_year_s_announcement_out(archive, file):
    file("Thông báo", YEARLY, published="2023-09-14")
    again = {"of": THANHMY, "url": f"{THANHMY.home}1.html"}
    file("Thông báo", YEARLY, **again)
    assert len(members(archive)) == 1
    file("Thông báo", YEARLY, published="2024-09-20", payload="nay có ngày", **again)
    assert members(archive) == []


def test_a_date_that_an_older_capture_states_takes_next_year_s_announcement_out(archive, file):
    file("Thông báo", YEARLY, published="2023-09-14")
    again = {"of": THANHMY, "url": f"{THANHMY.home}1.html"}
    file("Thông báo", YEARLY, **again)
    assert len(members(archive)) == 1
    older = page("Thông báo", YEARLY, published="2024-09-20", payload="ngày xưa có ngày", hours=-9, **again)
    archive.file(*older, elder=True)
    assert (members(archive), archive.verify()) == ([], [])


def test_an_older_capture_of_a_copy_without_a_date_makes_it_the_original(archive, file):
    one = file(TITLE, BODY)
    two = file(TITLE, BODY, of=THANHMY)
    assert members(archive) == [(one.article_id, [one.article_id, two.article_id])]
    archive.file(*page(TITLE, BODY, of=THANHMY, payload="ngày xưa", hours=-9), elder=True)
    assert members(archive) == [(two.article_id, [one.article_id, two.article_id])]


def test_a_stated_source_that_a_rebuild_reads_decides_anew_which_is_the_original(archive, file):
    file(TITLE, BODY, published="2023-09-14")
    two = file(TITLE, BODY, of=THANHMY, published="2023-09-20")
    _, refined, _ = page(TITLE, BODY, published="2023-09-14", origin=f"Theo {THANHMY.name}")
    (stored,) = rebuilding.pages(archive.connection, SONGLAM.id)
    with transaction(archive.connection):
        reading = rebuilding.Reading.of(refined.article, refined)
        rebuilding.redo(archive.connection, stored, reading, {}, regroup=True)
    assert members(archive)[0][0] == two.article_id
