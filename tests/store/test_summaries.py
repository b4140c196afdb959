"""What is kept of the whole archive is what counting it anew would say, whatever was filed, changed, copied or gone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.store.pages import SONGLAM, THANHMY, opened, page
from tests.web import story
from worker.models import Fact
from worker.store import Archive, summaries
from worker.store.transaction import transaction

FLAGS = ("per", "planned", "part", "change", "since")
KEPT = ("summaries", "tallies", "statements", "named", "private_facts")
BODY = "Hội LHPN tỉnh trao {} suất quà cho hội viên nghèo của các xã vùng cao, mỗi suất một triệu đồng."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path / "archive") as one:
        yield one


def kept(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: sorted(archive.connection.execute(f"SELECT * FROM {table}").fetchall(), key=str)
        for table in KEPT
        if table != "summaries"
    } | {
        "summaries": archive.connection.execute(
            "SELECT article, group_id, counted, kinds, provinces FROM summaries ORDER BY 1"
        ).fetchall()
    }


def anew(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    with transaction(archive.connection):
        summaries.rebuild(archive.connection)
    return kept(archive)


def person(name: str, role: str | None = None, *, start: int = 0, private: bool = False) -> Fact:
    value = {"name": name, "role": role, "org": "Hội LHPN tỉnh" if role else None} | (
        {"private": True} if private else {}
    )
    return Fact(
        kind="person", text=name, part="title", start=start, end=start + len(name), value=value, name=name, rule="test"
    )


def figure(number: int, *, year: int = 2023, indicator: str = "members_total", org: str | None = None) -> Fact:
    value = {"value": number, "unit": "người"} | ({"org": org} if org else {})
    return Fact(
        kind="quantity", text=str(number), part="body", start=0, end=1, value=value,
        number=number, province="40", year=year, scope="sentence", indicator=indicator, rule="test",
    )  # fmt: skip


def money(vnd: int, year: int = 2023) -> Fact:
    return Fact(
        kind="money", text="x", part="body", start=0, end=1, value={"vnd": vnd}, number=vnd, year=year, rule="test"
    )


def rows(archive: Archive, sql: str) -> list[tuple[object, ...]]:
    return archive.connection.execute(sql).fetchall()


def test_articles_are_counted_by_source_and_month_and_facts_and_money_with_them(archive: Archive):
    archive.file(*page("Một", BODY.format(1), published="2023-05-04", facts=[money(5_000_000), money(5_000_000)]))
    archive.file(
        *page("Hai", "Đại hội phụ nữ xã đã thành công.", published="2023-05-09T08:00:00+07:00", facts=[money(7)])
    )
    archive.file(*page("Ba", "Ngày hội áo dài ở thành phố Vinh.", of=THANHMY))
    told = "SELECT what, name, at, count, total FROM tallies WHERE what <> 'rules'"
    assert set(rows(archive, told)) == {
        ("articles", "songlam", "2023-05", 2, 0),
        ("articles", "thanhmy", "", 1, 0),
        ("facts", "money", "", 3, 0),
        ("money", "", "2023", 2, 5_000_007),
        ("sums", "", "2023", 2, 5_000_007),  # of no province
    }


def test_a_balance_of_loans_and_what_it_has_grown_by_are_no_money_that_was_given(archive: Archive):
    balance = replace(money(1_293_000), indicator="loans_outstanding")
    growth = replace(money(242_000), value={"vnd": 242_000, "change": True})
    archive.file(*page("Vay vốn", BODY.format(1), facts=[balance, growth, money(15_000)]))
    told = "SELECT what, at, count, total FROM tallies WHERE what IN ('money', 'sums')"
    assert set(rows(archive, told)) == {("money", "2023", 1, 15_000), ("sums", "2023", 1, 15_000)}


def flagged(number: int, start: int, **said: object) -> Fact:
    one = figure(number)
    return replace(one, start=start, end=start + 1, value={**one.value, **said})


def test_the_view_of_indicators_has_no_plans_no_parts_nothing_of_several_years_and_what_an_article_says_again_once(
    archive: Archive,
):
    facts = [
        flagged(1204, 0),
        flagged(1204, 10, org="Hội LHPN tỉnh Đắk Lắk"),
        flagged(300, 20, part=True),
        flagged(1500, 30, planned=True),
        flagged(1600, 35, since=2016),
        flagged(1204, 40, org="Hội LHPN tỉnh Gia Lai"),
        flagged(3, 50),
        replace(flagged(3, 60), value={"value": 3, "unit": "chị"}),
    ]
    archive.file(*page("Tin", BODY.format(1), facts=facts))
    assert rows(archive, "SELECT value, unit, org FROM indicators ORDER BY start") == [
        (1204, "người", "Hội LHPN tỉnh Đắk Lắk"),
        (1204, "người", "Hội LHPN tỉnh Gia Lai"),
        (3, "người", None),
        (3, "chị", None),
    ]
    assert rows(archive, "SELECT count FROM tallies WHERE what = 'indicator'") == [(4,)]
    assert kept(archive) == anew(archive)


def test_amounts_per_head_plans_and_parts_are_not_added_up(archive: Archive):
    facts = [replace(money(7), start=at, end=at + 1, value={"vnd": 7, flag: True}) for at, flag in enumerate(FLAGS)]
    archive.file(*page("Tin", BODY.format(1), facts=[*facts, replace(money(9), start=40, end=41)]))
    assert rows(archive, "SELECT total FROM tallies WHERE what = 'money'") == [(9,)]


def test_an_article_that_says_something_else_now_takes_back_what_it_said(archive: Archive):
    url = f"{SONGLAM.home}tin/1.html"
    archive.file(*page("Tin", BODY.format(100), url=url, facts=[figure(100), person("Lê Thị Hoa", "Chủ tịch")]))
    archive.file(*page("Tin", BODY.format(120), url=url, hours=5, facts=[figure(120)]))
    assert rows(archive, "SELECT indicator, value FROM indicators") == [("members_total", 120)]
    assert rows(archive, "SELECT * FROM offices") == []
    assert kept(archive) == anew(archive)


def test_a_copy_tells_nothing_of_its_own_until_it_is_no_copy_any_more(archive: Archive):
    text = "\n".join(BODY.format(number) for number in range(30, 40))
    one = page(
        "Trao quà", text, published="2023-01-02", facts=[figure(100), money(9), person("Lê Thị Hoa", "Chủ tịch")]
    )
    archive.file(*one)
    url = f"{THANHMY.home}tin/2.html"
    copy = page("Trao quà", text, of=THANHMY, url=url, published="2023-02-03", hours=2, facts=one[1].facts)
    assert archive.file(*copy).outcome == "duplicate"
    assert rows(archive, "SELECT value FROM indicators") == [(100,)]
    assert rows(archive, "SELECT articles, first_named, last_named FROM offices") == [(1, "2023-01-02", "2023-01-02")]
    assert kept(archive) == anew(archive)
    archive.file(
        *page("Tin khác", "Ngày hội áo dài.", of=THANHMY, url=url, published="2023-02-03", hours=9, facts=one[1].facts)
    )
    assert rows(archive, "SELECT articles, first_named, last_named FROM offices") == [(2, "2023-01-02", "2023-02-03")]
    assert kept(archive) == anew(archive)


def test_who_is_named_first_and_last_is_looked_up_when_that_article_names_them_no_more(archive: Archive):
    titles = ("Lê Thị Hoa thăm xã Một", "Lê Thị Hoa họp tổ Hai", "Lê Thị Hoa đi chợ Ba")
    for number, title in enumerate(titles, 1):
        url = f"{SONGLAM.home}tin/{number}.html"
        facts = [person("Lê Thị Hoa", "Chủ tịch")]
        archive.file(*page(title, f"{title} ngày ấy.", url=url, published=f"2023-0{number}-01", facts=facts))
    ends = "SELECT articles, first_named, last_named, first_article, last_article FROM offices"
    assert rows(archive, ends) == [(3, "2023-01-01", "2023-03-01", 1, 3)]
    archive.file(*page("Một tin", "Không nêu ai.", url=f"{SONGLAM.home}tin/3.html", published="2023-03-01", hours=5))
    assert rows(archive, ends) == [(2, "2023-01-01", "2023-02-01", 1, 2)]
    assert kept(archive) == anew(archive)


def test_offices_told_beside_the_last_are_in_the_history_too(archive: Archive):
    hoa = person("Lê Thị Hoa", "Chủ tịch")
    also = replace(
        hoa, value={**hoa.value, "also": [{"role": "Đại biểu", "org": "Quốc hội"}, {"role": "Bí thư", "org": None}]}
    )
    for number in (1, 2):
        url = f"{SONGLAM.home}tin/{number}.html"
        archive.file(*page(f"Tin {number}", f"Bài {number}.", url=url, published=f"2023-0{number}-01", facts=[also]))
    held = "SELECT role, organisation, articles, last_named FROM offices ORDER BY role"
    told = [("Bí thư", None), ("Chủ tịch", "Hội LHPN tỉnh"), ("Đại biểu", "Quốc hội")]
    assert rows(archive, held) == [(*office, 2, "2023-02-01") for office in told]
    archive.file(*page("Tin", "Không nêu ai.", url=f"{SONGLAM.home}tin/2.html", published="2023-02-01", hours=5))
    assert rows(archive, held) == [(*office, 1, "2023-01-01") for office in told]
    assert kept(archive) == anew(archive)


def test_who_took_a_picture_holds_no_office(archive: Archive):
    archive.file(*page("Bài một", BODY.format(1), facts=[person("Lê Thị Ảnh", "tác giả")]))
    assert rows(archive, "SELECT * FROM offices") == []


def test_a_name_whose_other_facts_were_taken_out_by_hand_is_forgotten_and_the_page_is_filed(archive: Archive):
    for number, title in enumerate(("Lê Thị Hoa thăm xã Một", "Lê Thị Hoa họp tổ Hai"), 1):
        url = f"{SONGLAM.home}tin/{number}.html"
        facts = [person("Lê Thị Hoa", "Chủ tịch")]
        archive.file(*page(title, f"{title} ngày ấy.", url=url, published=f"2023-0{number}-01", facts=facts))
    archive.connection.execute("DELETE FROM facts WHERE article = 2")
    archive.file(*page("Một tin", "Không nêu ai.", url=f"{SONGLAM.home}tin/1.html", published="2023-01-01", hours=5))
    assert rows(archive, "SELECT title FROM articles WHERE id = 1") == [("Một tin",)]
    assert rows(archive, "SELECT * FROM offices") == []


def test_an_office_that_is_spelled_in_several_ways_is_one(archive: Archive):
    roles = ("Chủ tịch", "Chủ Tịch", "CT")
    for number, role in enumerate(roles, 1):
        url = f"{SONGLAM.home}tin/{number}.html"
        day = f"2023-0{number}-01"
        archive.file(
            *page(f"Tin {number}", f"Bài {number}.", url=url, published=day, facts=[person("Lê Thị Hoa", role)])
        )
    held = "SELECT role, articles, first_named, last_named FROM offices"
    assert rows(archive, held) == [("Chủ tịch", 3, "2023-01-01", "2023-03-01")]
    archive.file(*page("Tin", "Không nêu ai.", url=f"{SONGLAM.home}tin/1.html", published="2023-01-01", hours=5))
    assert rows(archive, held) == [("Chủ tịch", 2, "2023-02-01", "2023-03-01")]
    assert kept(archive) == anew(archive)


def test_the_same_meeting_on_two_days_is_told_differently_and_meetings_of_short_names_are_not(archive: Archive):
    long, short = "Lễ phát động Tháng hành động vì bình đẳng giới tỉnh", "Hội nghị tổng kết"
    for number, day in enumerate(("2023-11-15", "2023-11-16"), 1):
        events = [
            Fact(kind="event", text="x", part="body", start=0, end=1, value={"name": name}, date_start=day, rule="test")
            for name in (long, short)
        ]
        archive.file(*page(f"Tin {number}", f"Bài số {number} về buổi lễ.", facts=events))
    assert rows(archive, "SELECT kind, name, province, year, tellings, least, most FROM conflicts") == [
        ("event", long, "40", 2023, 2, "2023-11-15", "2023-11-16")
    ]


def test_what_two_hold_under_one_name_are_two_events(archive: Archive):
    name = "Chương trình “Phiên chợ không đồng cho mẹ và bé”"
    for number, (host, day) in enumerate((("Hội A", "2023-03-01"), ("Hội B", "2023-04-01"), ("Hội A", "2023-03-02"))):
        value = {"name": name, "host": host}
        event = Fact(kind="event", text="x", part="body", start=0, end=1, value=value, date_start=day, rule="test")
        archive.file(*page(f"Tin {number}", f"Bài số {number} về phiên chợ.", facts=[event]))
    assert rows(archive, "SELECT org, articles, least, most FROM conflicts") == [
        ("Hội A", 2, "2023-03-01", "2023-03-02")
    ]


def told_differently(archive: Archive, *articles: tuple[Fact, ...]) -> list[tuple[object, ...]]:
    for facts in articles:
        ((count,),) = rows(archive, "SELECT count(*) FROM articles")
        url = f"{SONGLAM.home}tin/{count}.html"
        archive.file(*page(f"Tin {count}", f"Bài số {count} kể chuyện khác.", url=url, facts=facts))
    return rows(archive, "SELECT org, tellings, articles, least, most FROM conflicts ORDER BY org")


def test_figures_of_two_owners_do_not_contradict_one_another_and_those_of_one_do(archive: Archive):
    one, other = "Hội LHPN xã Một", "Hội LHPN xã Hai"
    told = (
        (figure(100, org=one),), (figure(90, org=other),), (figure(120, org=one),), (figure(90, org=other),),
        (figure(120, org=one),),
    )  # fmt: skip
    assert told_differently(archive, *told) == [(one, 2, 3, "100.0", "120.0")]
    assert rows(archive, "SELECT DISTINCT org FROM indicators ORDER BY 1") == [(other,), (one,)]


def test_figures_that_nobody_is_said_to_own_are_not_compared(archive: Archive):
    assert told_differently(archive, (figure(100),), (figure(120),), (figure(90, org="Hội LHPN xã"),)) == []


def test_articles_that_tell_some_of_the_same_parts_and_whole_do_not_contradict_one_another(archive: Archive):
    union = "Hội LHPN tỉnh"
    parts = tuple(replace(figure(number, org=union), start=number, end=number + 1) for number in (5, 30, 45))
    assert told_differently(archive, parts, parts[1:]) == []
    assert told_differently(archive, parts[:2]) == []
    assert told_differently(archive, (figure(31, org=union),)) == [(union, 3, 4, "30.0", "45.0")]


def test_facts_are_filtered_by_whose_they_are_without_reading_all_of_them(archive: Archive):
    archive.file(*page("Tin", BODY.format(3), facts=[figure(3, org="Hội LHPN xã Một"), money(7)]))
    assert rows(archive, "SELECT number, org FROM facts ORDER BY number") == [(3, "Hội LHPN xã Một"), (7, None)]
    (plan,) = rows(archive, "EXPLAIN QUERY PLAN SELECT * FROM facts WHERE org = 'Hội LHPN xã Một'")
    assert "facts_org" in str(plan)


def test_private_persons_and_what_holds_their_name_are_kept_apart(archive: Archive):
    name = "Nguyễn Thị Kín"
    title = f"Lễ trao nhà cho {name} và Lê Thị Hoa"
    at = title.index(name)
    event = Fact(kind="event", text=title, part="title", start=0, end=len(title), value={"name": title}, rule="test")
    shown = person("Lê Thị Hoa", "Chủ tịch", start=title.index("Lê"))
    archive.file(*page(title, "Hôm qua.", facts=[event, person(name, start=at, private=True), shown]))
    apart = rows(archive, "SELECT f.kind FROM private_facts JOIN facts AS f ON f.id = fact ORDER BY f.kind")
    assert apart == [("event",), ("person",)]
    assert rows(archive, "SELECT name FROM offices") == [("Lê Thị Hoa",)]


def test_an_archive_of_older_rules_is_summed_up_when_it_is_opened(tmp_path: Path):
    with opened(tmp_path) as archive:
        archive.file(*page("Tin", BODY.format(3), facts=[figure(3)]))
        before = kept(archive)
        archive.connection.execute("UPDATE tallies SET count = 0")
        archive.connection.execute("DELETE FROM statements")
    with Archive.open(tmp_path, write=True) as archive:
        assert kept(archive) == before


def test_after_a_hundred_pages_by_chance_everything_is_as_if_counted_anew(archive: Archive):
    dice = Random(8)  # noqa: S311 - chance that repeats
    names = ["Lê Thị Hoa", "Trần Thị Mai", "Phạm Thị Lan"]
    texts = [story(number, paragraphs=3) for number in range(8)]
    for hour in range(100):
        tale, of = dice.choice(texts), dice.choice((SONGLAM, THANHMY))
        body = "\n".join(part.text for part in tale.parts if hasattr(part, "text"))
        facts = [figure(dice.randrange(3), year=dice.choice((2022, 2023))) for _ in range(dice.randrange(3))]
        facts += [person(dice.choice(names), dice.choice((None, "Chủ tịch"))) for _ in range(dice.randrange(3))]
        facts += [money(dice.randrange(9)) for _ in range(dice.randrange(3))]
        day = dice.choice((None, "2023-01-02", "2022-11-12"))
        url = f"{of.home}tin/{dice.randrange(12)}.html"
        archive.file(*page(tale.title, body, url=url, of=of, hours=hour, facts=facts, published=day))
    assert rows(archive, "SELECT count(*) > 0 FROM group_members") == [(1,)], "or no copies were looked at"
    assert kept(archive) == anew(archive)
