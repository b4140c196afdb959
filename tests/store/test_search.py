"""Search: what is found, in which order, what is shown, and that nothing a person types is an error."""

import json
import sqlite3
import unicodedata
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.stories import BODY, TITLE, first, shuffled, with_lead
from tests.store.pages import SONGLAM, THANHMY, fact, opened, page
from worker.store import ask
from worker.store import search as searching
from worker.store.query import Term, terms
from worker.store.search import search
from worker.store.snippet import snippet, sought


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    hours = count()
    with opened(tmp_path_factory.mktemp("search")) as archive:

        def file(title, body, **more):
            archive.file(*page(title, body, hours=next(hours), **more))

        file("Phụ nữ Đồng Nai khởi nghiệp", "Chị em giúp nhau làm ăn.", published="2023-03-08")
        file("Chương trình Mẹ đỡ đầu", "Nhận nuôi 12 trẻ mồ côi ở Khánh Hoà.", published="2024-05-01", of=THANHMY)
        file("Tin hoạt động", "Đoàn công tác thăm Đồng Nai và Khánh Hòa.", published="2024-06-01")
        file("Đồng ruộng mùa gặt", "Bà Nai gặt lúa.", published="2022-06-01")
        file("Lễ ra quân", "Dong thuyen, nai lung ra bien.", published="2021-01-01")
        body = "Tặng 45 suất quà."
        facts = [fact(body, "45 suất", "quantity", number=45, province="75")]
        file("Trao quà", body, facts=facts, published="2024-07-01T08:00+07:00")
        yield archive


def titles(archive, query, **filters):
    return [hit.title.text for hit in archive.search(query, **filters).hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Đồng Nai", "Phụ nữ Đồng Nai khởi nghiệp"),
        ("dong nai", "Lễ ra quân"),  # that is how it is written there
        ("đồng nai", "Phụ nữ Đồng Nai khởi nghiệp"),
        ("DONG NAI khoi nghiep", "Phụ nữ Đồng Nai khởi nghiệp"),
        ("me do dau", "Chương trình Mẹ đỡ đầu"),
        (unicodedata.normalize("NFD", "mẹ đỡ đầu"), "Chương trình Mẹ đỡ đầu"),
        ("khánh hòa", "Tin hoạt động"),
        ("Khánh Hoà", "Tin hoạt động"),
        ("khởi", "Phụ nữ Đồng Nai khởi nghiệp"),
        ("khởi ngh*", "Phụ nữ Đồng Nai khởi nghiệp"),
        ('"trẻ mồ côi"', "Chương trình Mẹ đỡ đầu"),
        ("Ðồng Nai", "Phụ nữ Đồng Nai khởi nghiệp"),  # with the Icelandic letter that some keyboards type
    ],
)
def test_what_a_person_types_finds_what_they_mean(archive, query, first):
    assert titles(archive, query)[0] == first


def test_both_tone_placements_find_both(archive):
    assert set(titles(archive, "khánh hòa")) == set(titles(archive, "Khánh Hoà"))
    assert len(titles(archive, "khánh hòa")) == 2


def test_marks_before_letters_titles_before_bodies_side_by_side_before_scattered(archive):
    assert titles(archive, "đồng nai") == [
        "Phụ nữ Đồng Nai khởi nghiệp",  # title
        "Tin hoạt động",  # body, side by side
        "Đồng ruộng mùa gặt",  # one in the title, one in the body
        "Lễ ra quân",  # the letters only
    ]
    exact = [hit.exact for hit in archive.search("đồng nai").hits]
    assert exact == [True, True, True, False]


def test_a_phrase_is_found_only_side_by_side(archive):
    assert titles(archive, '"đồng nai"') == ["Phụ nữ Đồng Nai khởi nghiệp", "Tin hoạt động"]
    assert titles(archive, '"nai đồng"') == []


def test_all_terms_must_stand_there(archive):
    assert titles(archive, "đồng nai khởi nghiệp") == ["Phụ nữ Đồng Nai khởi nghiệp"]
    assert titles(archive, "đồng nai mồ côi") == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "thanhmy"}, ["Chương trình Mẹ đỡ đầu"]),
        ({"year": 2024}, ["Trao quà", "Tin hoạt động", "Chương trình Mẹ đỡ đầu"]),
        ({"year": 2024, "source": "songlam"}, ["Trao quà", "Tin hoạt động"]),
        ({"kind": "quantity"}, ["Trao quà"]),
        ({"province": "38"}, ["Chương trình Mẹ đỡ đầu"]),  # where the source is
        ({"province": "75"}, ["Trao quà"]),  # where a fact holds
        ({"year": 1999}, []),
        ({"kind": 'x" OR tags : "year2024'}, []),
    ],
)
def test_filters_alone_list_the_newest_first(archive, filters, found):
    assert titles(archive, "", **filters) == found


def test_filters_narrow_a_query(archive):
    assert titles(archive, "khánh hoà", source="thanhmy") == ["Chương trình Mẹ đỡ đầu"]
    assert titles(archive, "khánh hoà", year=2022) == []


def test_nothing_asked_nothing_found(archive):
    assert archive.search("").hits == ()
    assert archive.search(" ?! ").hits == ()


def test_common_words_are_found_side_by_side_among_the_newest_and_quoted_words_among_all(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "POOL", 4)
    monkeypatch.setattr(searching, "SIDE_BY_SIDE", 6)
    monkeypatch.setattr(searching, "STRIDE", 2)
    with opened(tmp_path) as archive:
        for number in range(20):
            words = "sông lam" if number in (0, 15) else "lam sông"
            archive.file(*page(f"Tin {number}", f"Bên {words}, ngày {number}.", hours=number))
        assert titles(archive, "sông lam")[0] == "Tin 15"
        assert "Tin 0" not in titles(archive, "sông lam")
        assert titles(archive, '"sông lam"') == ["Tin 15", "Tin 0"]


def test_few_articles_with_the_words_are_all_looked_through(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "SIDE_BY_SIDE", 1)
    monkeypatch.setattr(searching, "STRIDE", 1)
    with opened(tmp_path) as archive:
        for number in range(9):
            words = "sông lam" if number == 0 else "lam sông"
            archive.file(*page(f"Tin {number}", f"Bên {words}, ngày {number}.", hours=number))
        assert titles(archive, "song lam")[0] == "Tin 0"


def test_a_word_without_marks_in_a_title_is_no_word_with_marks(archive):
    assert [hit.exact for hit in archive.search("khoi").hits] == [False]
    assert archive.search("titledkhởi").hits == ()


def test_who_holds_no_office_is_found_and_shown_with_initials(tmp_path):
    body = "Hội trao nhà cho chị Lê Thị Hoa. Chị Lê Thị Hoa rất vui, 3 con của chị cũng vậy."
    facts = [
        fact(body, "Lê Thị Hoa", "person", name="Lê Thị Hoa", value={"name": "Lê Thị Hoa", "private": True}),
        fact(body, "3 con", "quantity", number=3, value={"value": 3, "unit": "con"}),
    ]
    second = replace(facts[0], start=body.rindex("Lê"), end=body.rindex("Lê") + len("Lê Thị Hoa"))
    with opened(tmp_path) as archive:
        archive.file(*page("Trao nhà", body, facts=[*facts, second]))
        (hit,) = archive.search("le thi hoa").hits
        assert hit.body.text == "Hội trao nhà cho chị L.T.H. Chị L.T.H. rất vui, 3 con của chị cũng vậy."
        (hit,) = archive.search("le thi hoa", private=True).hits
        assert hit.body.text == body
        (answer,) = ask.facts(archive.connection, "rất vui", kind="quantity")
        assert answer.sentence == "Chị L.T.H. rất vui, 3 con của chị cũng vậy."
        (answer,) = ask.facts(archive.connection, "rất vui", kind="quantity", private=True)
        assert answer.sentence == "Chị Lê Thị Hoa rất vui, 3 con của chị cũng vậy."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tren", ["Trên 45 suất quà đã trao."]),
        ("TRÊN quà", ["Trên 45 suất quà đã trao."]),
        ("tre", ["Cho trẻ em 3 xe đạp."]),  # a whole word, not a part of one
        ("tre*", ["Trên 45 suất quà đã trao.", "Cho trẻ em 3 xe đạp."]),
        ('"xe dap"', ["Cho trẻ em 3 xe đạp."]),
        ('"dap xe"', []),
    ],
)
def test_words_of_a_fact_are_those_of_its_sentence_as_the_search_has_words(tmp_path, query, found):
    body = "Trên 45 suất quà đã trao. Cho trẻ em 3 xe đạp."
    facts = [fact(body, "45 suất", "quantity", number=45), fact(body, "3 xe đạp", "quantity", number=3)]
    with opened(tmp_path) as archive:
        archive.file(*page("Trao quà", body, facts=facts))
        assert [answer.sentence for answer in ask.facts(archive.connection, query)] == found


def test_a_limit_counts_the_facts_that_are_told(tmp_path):
    body = "Chị Lê Thị Hoa nhận 1 con bò, 2 con dê."
    facts = [
        fact(body, "Lê Thị Hoa", "person", name="Lê Thị Hoa", value={"name": "Lê Thị Hoa", "private": True}),
        fact(body, "nhận 1 con bò", "event", value={"name": "nhận 1 con bò"}),
        fact(body, "2 con dê", "quantity", number=2),
    ]
    with opened(tmp_path) as archive:
        archive.file(*page("Trao bò", body, facts=facts))
        told = [[fact.text for fact in ask.facts(archive.connection, query, limit=2)] for query in ("", "de")]
        assert told == [["nhận 1 con bò", "2 con dê"]] * 2


def test_a_fact_that_holds_the_name_of_who_holds_no_office_is_for_whoever_asks_for_them(tmp_path):
    body = "Dự lễ trao nhà cho chị Lê Thị Hoa."
    facts = [
        fact(body, "Lê Thị Hoa", "person", name="Lê Thị Hoa", value={"name": "Lê Thị Hoa", "private": True}),
        fact(body, "lễ trao nhà cho chị Lê Thị Hoa", "event", value={"name": "lễ trao nhà cho chị Lê Thị Hoa"}),
    ]
    with opened(tmp_path) as archive:
        archive.file(*page("Trao nhà", body, facts=facts))
        assert list(ask.facts(archive.connection)) == []
        assert len(list(ask.facts(archive.connection, private=True))) == 2


def test_pages_of_results(archive):
    whole = titles(archive, "", province="40")
    first, rest = archive.search("", province="40", limit=2), archive.search("", province="40", limit=2, offset=2)
    assert [hit.title.text for hit in (*first.hits, *rest.hits)] == whole[:4]
    assert first.more
    assert not archive.search("", province="40", limit=50).more


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»"])
def test_quotes_of_any_kind_keep_words_together(archive, quotes):
    opening, closing = quotes
    assert titles(archive, f"{opening}mồ côi{closing}") == ["Chương trình Mẹ đỡ đầu"]
    assert titles(archive, f"{opening}trẻ côi{closing}") == []


def test_a_letter_that_looks_like_another_is_found_as_that(tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page("Hội nghị ở Ðắk Lắk", "Chị em ðã về dự."))
        for query in ("Đắk Lắk", "dak lak", "Ðắk Lắk", "đã về"):
            (hit,) = archive.search(query).hits
            assert hit.exact is (query != "dak lak")
            assert hit.title.text == "Hội nghị ở Ðắk Lắk"


def test_all_copies_count_wherever_the_words_stand_in_them(tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY, published="2023-09-14"))
        archive.file(*page("Bản làng khởi sắc", with_lead(BODY), of=THANHMY))
        archive.file(*page("Một phần", first(BODY, 0.25), of=THANHMY))
        for query in ("khởi sắc", "phụ nữ nghèo", "thổ cẩm", "sông lam"):
            (hit,) = archive.search(query).hits
            assert hit.copies == 2
        (hit,) = archive.search("", source=SONGLAM.id).hits
        assert (hit.title.text, hit.copies) == (TITLE, 2)


def test_copies_are_shown_once_under_their_original(tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY, published="2023-09-14"))
        for n in range(3):
            copy = page("Trao vốn", shuffled(BODY) + " Hết." * n, of=THANHMY, url=f"{THANHMY.home}{n}.html")
            archive.file(*copy)
        (hit,) = archive.search("sông lam chăn nuôi").hits
        assert (hit.title.text, hit.copies) == (TITLE, 3)


def test_a_copy_stands_at_its_own_date_where_its_original_is_not_asked_for(tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY, published="2023-09-14"))
        archive.file(*page("Đăng lại", shuffled(BODY), published="2023-09-15", of=THANHMY))
        other = page("Tin cũ", "Chăn nuôi bò.", published="2020-01-01", of=THANHMY, url=f"{THANHMY.home}2.html")
        archive.file(*other)
        assert archive.connection.execute("SELECT count(*) FROM group_members").fetchone() == (2,)
        for query in ("", "chăn nuôi"):
            assert titles(archive, query, source="thanhmy") == ["Đăng lại", "Tin cũ"]


def test_the_newest_come_in_the_order_in_which_they_were_seen_wherever_the_words_stand(archive):
    assert titles(archive, "đồng nai", newest=True, limit=2) == ["Lễ ra quân", "Đồng ruộng mùa gặt"]
    assert titles(archive, "", year=2024, newest=True) == ["Trao quà", "Tin hoạt động", "Chương trình Mẹ đỡ đầu"]


def test_of_passages_with_as_many_terms_the_one_with_more_of_them_is_shown():
    text = f"dê một con. {'Tin khác. ' * 60}Nuôi dê, bán dê, mua dê, chăm dê. {'Tin khác. ' * 60}"
    assert "bán dê" in snippet(text, sought([Term(("dê",))], str.lower), str.lower).text


def test_the_snippet_is_of_the_text_as_written(archive):
    (hit,) = archive.search("tre mo coi").hits
    assert hit.body.html() == "Nhận nuôi 12 <mark>trẻ</mark> <mark>mồ</mark> <mark>côi</mark> ở Khánh Hoà."
    assert hit.title.marked("[", "]") == "Chương trình Mẹ đỡ đầu"


def test_a_long_text_is_shown_where_the_words_stand():
    text = "Mở đầu. " * 200 + "Ở đây có dê núi\nvà bò <b>. " + "Kết thúc. " * 200
    passage = snippet(text, sought([Term(("dê", "núi")), Term(("bò",))], str.lower), str.lower)
    assert "<mark>dê núi</mark> và <mark>bò</mark> &lt;b&gt;." in passage.html()
    assert passage.text.startswith("… ")
    assert passage.text.endswith(" …")
    assert len(passage.text) < 260


@settings(max_examples=150, deadline=None)
@given(
    st.text("aáb1 _\n", max_size=400),
    st.lists(st.text("aáb1", min_size=1, max_size=3), max_size=3),
    st.integers(1, 80),
)
def test_the_marks_of_any_text_are_words_that_were_sought(text, words, width):
    passage = snippet(text, sought([Term((word,)) for word in words], str), str, width=width)
    at = 0
    for start, end in passage.marks:
        assert at <= start < end <= len(passage.text)
        assert passage.text[start:end] in words
        at = end


HOSTILE = [
    '"', '""', '"a', "*", "a*b", "NEAR(", "NEAR(a b, 5)", "AND", "a AND", "OR NOT", "^a", "-a", "a:b", "title : a",
    "{title body} : a", "(((", ")", "a + b", "'; DROP TABLE articles; --", "\x00", "a\x00b", "%", "\\", "a" * 10_000,
    "a " * 5_000, '"' * 9_999, "(" * 10_000, "*" * 10_000, "ệ" * 10_000, "\ud800", "🙂", "٣", "a_b", "---",
    "a\u0301\u0323",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_get_an_answer(archive, query):
    assert archive.search(query, year=2024).hits is not None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.none() | st.text(max_size=10), st.none() | st.text(max_size=10))
def test_any_query_gets_an_answer(archive, query, kind, source):
    results = search(archive.connection, query, kind=kind, source=source)
    assert len(results.hits) <= 20


def test_only_so_many_terms_count():
    assert terms('một "hai ba" bốn*') == (Term(("một",)), Term(("hai", "ba")), Term(("bốn",), prefix=True))
    assert len(terms("x " * 1000)) == 32


def test_sql_has_the_same_search(archive):
    searching.register(archive.connection)
    (found,) = archive.connection.execute("SELECT search_articles('me do dau', '', '', '2024', null, 5)").fetchone()
    (hit,) = json.loads(found)
    assert hit["title"] == "Chương trình <mark>Mẹ</mark> <mark>đỡ</mark> <mark>đầu</mark>"
    assert hit["source"] == THANHMY.id
    with pytest.raises(sqlite3.OperationalError):
        archive.connection.execute("SELECT search_articles('a')")


def test_the_index_follows_the_text_and_its_facts(tmp_path):
    url = f"{SONGLAM.home}1.html"
    with opened(tmp_path) as archive:
        archive.file(*page("Cũ", "Nội dung cũ kỹ.", url=url))
        archive.file(
            *page("Mới", "Nội dung mới mẻ.", url=url, hours=1, facts=[fact("Nội dung mới mẻ.", "Nội", "event")])
        )
        assert titles(archive, "cũ kỹ") == []
        assert titles(archive, "mới mẻ", kind="event") == ["Mới"]
        archive.connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize(
    ("query", "filters"),
    [("dong nai", {}), ("khanh hoa", {"year": 2024}), ("", {"province": "75"}), ("-", {}), ("dong nai", {"kind": "x"})],
)
def test_a_count_is_of_what_a_search_finds(archive, query, filters):
    found = len(archive.search(query, **filters).hits)
    assert searching.count(archive.connection, query, 100, **filters) == found
    assert searching.count(archive.connection, query, found, **filters) == found
    if found:
        assert searching.count(archive.connection, query, found - 1, **filters) is None
