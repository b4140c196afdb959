"""The words of the site, and how dates, numbers and money are written in each language."""

import re
import string
from pathlib import Path

import httpx
import pytest
import yaml

from tests.archive.conftest import get, rows
from worker.browse import site as browse_site
from worker.browse.language import languages
from worker.browse.values import in_words, province
from worker.watch import normal

SITE = browse_site()
VI, EN = languages(SITE)["vi"], languages(SITE)["en"]

# A template says sentences by name, and words for values out of the data by a name put together.
SAID = re.compile(r"""say\(["']([\w.]+)["']""")
PUT_TOGETHER = re.compile(r"""say(?:\.of)?\(["']([\w.]+?)\.?["'](?:, | ~ )""")


def test_both_languages_say_the_same_sentences_with_the_same_blanks():
    def blanks(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    assert VI.words.keys() == EN.words.keys()
    assert {name for name in VI.words if blanks(VI.words[name]) != blanks(EN.words[name])} == set()


def test_every_sentence_that_the_site_says_is_in_the_files():
    sources = [*SITE.glob("templates/*.html"), *SITE.glob("plugins/*.py"), *Path("worker/browse").glob("*.py")]
    for path in sources:
        for name in SAID.findall(path.read_text("utf-8")):
            known = name in VI.words or any(word.startswith(f"{name}") for word in VI.words if name.endswith("."))
            assert known, f"{path.name} says {name!r}, which no language file has"


def test_every_qualifier_that_facts_may_have_is_said_in_english():
    cues = yaml.safe_load(Path("worker/facts/data/cues.yaml").read_text("utf-8"))
    assert {f"qualifier.{words}" for words in cues["qualifiers"]} <= EN.words.keys()
    assert in_words("money", {"vnd": 4_200_000_000}, "trên", EN) == "over 4.2 billion VND"


def test_a_number_that_is_only_bounded_is_said_so():
    value = {"value": None, "least": 1000, "unit": "đơn vị"}
    assert in_words("quantity", value, "hàng", VI) == "từ 1.000 đơn vị trở lên"
    assert in_words("quantity", value, "hàng", EN) == "at least 1,000 đơn vị"


def test_what_is_not_done_yet_and_what_is_a_part_is_said_so():
    value = {"value": 80, "unit": "suất quà", "planned": True}
    assert in_words("quantity", value, None, VI) == "80 suất quà (kế hoạch)"
    assert in_words("money", {"vnd": 5_000_000, "part": True}, "hơn", EN).endswith("(a part of another figure)")
    assert in_words("quantity", {"value": 9, "unit": "mái ấm", "since": 2016}, None, VI) == "9 mái ấm (từ năm 2016)"


def test_all_offices_of_a_person_are_told_the_last_one_first():
    value = {
        "name": "Lò Thị Mận",
        "role": "Chủ tịch",
        "org": "Hội LHPN tỉnh",
        "also": [{"role": "Bí thư", "org": None}],
    }
    assert in_words("person", value, None, VI) == "Lò Thị Mận — Chủ tịch, Hội LHPN tỉnh; Bí thư"


def test_why_a_block_was_removed_is_said_in_vietnamese(offline_archive: Path):
    lexicon = yaml.safe_load(Path("worker/clean/lexicon.yaml").read_text("utf-8"))
    reasons = {group["reason"] for group in lexicon["chrome"]}
    code = "".join(path.read_text("utf-8") for path in Path("worker/clean").glob("*.py"))
    reasons |= set(re.findall(r'Label\.CHROME, \(?"(?:lexicon: )?([^"]+)"', code))
    found = rows(offline_archive, "SELECT DISTINCT replace(reason, 'lexicon: ', ''), signal FROM removed")
    reasons |= {str(reason) for reason, signal in found if signal != "profile"}
    assert {f"reason.{reason}" for reason in reasons} <= VI.words.keys()
    assert {f"signal.{signal}" for _, signal in found} <= VI.words.keys()


def test_every_alarm_is_named_and_explained_in_vietnamese():
    for kind in normal.KINDS | {"full"}:
        assert f"alarm.{kind}" in VI.words
        assert VI.words.get(f"alarm_said.{kind}")


def test_tables_and_questions_are_written_as_readers_write(site: str):
    facts = get(f"{site}/news/facts?kind=money&_size=max")
    assert ">gần 16,5 tỷ đồng<" in facts
    assert ">16.500.000.000<" in facts
    assert "&#34;vnd&#34;" not in facts
    assert ">Số tiền<" in facts
    assert ">41.046.000.000<" in get(f"{site}/news/money?province=&year=")
    assert '"number": 16500000000.0' in get(f"{site}/news/facts.json?kind=money&_shape=array")


def test_orphans_and_the_money_for_them_stand_side_by_side_and_lead_to_the_words(site: str):
    table = get(f"{site}/news/side_by_side?first=&second=&province=hung+yen&year=2022")
    assert ">486 trẻ em mồ côi<" in table
    assert ">gần 3 tỷ đồng<" in table
    led = re.findall(r'href="/news/article/(\d+)#(f\d+)" class="go" aria-label="Đọc câu này trong bài: ', table)
    assert len(led) == 2
    for (article, mark), words in zip(led, ("486 trẻ em mồ côi", "gần 3 tỷ đồng"), strict=True):
        assert re.search(rf'id="{mark}"[^>]*>{words}', get(f"{site}/news/article/{article}"))
    others = get(f"{site}/news/side_by_side?first=members_total&second=households_out_of_poverty&province=&year=")
    assert "mồ côi" not in others.partition("<table")[2]


def test_every_table_column_and_question_is_explained_in_both_languages(offline_archive: Path):
    import sqlite3

    said = yaml.safe_load((SITE / "metadata.yaml").read_text("utf-8"))["databases"]["news"]
    connection = sqlite3.connect(offline_archive / "news.db")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        about = said["tables"].get(table, {})
        if about.get("hidden") or table.startswith(("articles_fts", "attachments_fts", "sqlite_")):
            continue
        assert about.get("description"), table
        assert about.get("description_en"), table
        columns = {row[1] for row in connection.execute(f"PRAGMA table_xinfo([{table}])")}
        assert set(about["columns"]) == columns, table
        assert set(about["columns_en"]) == columns, table
        assert {f"column.{column}" for column in columns} <= VI.words.keys(), table
    for name, query in said["queries"].items():
        assert all(query.get(key) for key in ("title", "title_en", "description", "description_en", "sql")), name


@pytest.mark.parametrize(
    ("iso", "vi", "en"),
    [
        ("2022-11-21", "Thứ Hai, 21/11/2022", "Monday 21 November 2022"),
        ("2024-03-20T11:23+07:00", "Thứ Tư, 20/3/2024, 11:23", "Wednesday 20 March 2024, 11:23"),
        ("2024-12-31T20:00Z", "Thứ Tư, 1/1/2025, 03:00", "Wednesday 1 January 2025, 03:00"),
        (None, "Trang không ghi ngày đăng", "The page states no date"),
        ("not a date", "not a date", "not a date"),
    ],
)
def test_publication_dates_are_written_as_newspapers_do(iso, vi, en):
    assert VI.published(iso) == vi
    assert EN.published(iso) == en


def test_times_of_the_archive_are_told_on_vietnams_clock():
    assert VI.moment("2026-11-21T18:02:03Z") == "22/11/2026, 01:02"
    assert VI.moment(None) == "–"


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(3037, "3.037", "3,037"), (43.4, "43,4", "43.4"), (97.0, "97", "97"), (16_500_000, "16.500.000", "16,500,000")],
)
def test_numbers_group_thousands_by_dot_in_vietnamese_and_by_comma_in_english(value, vi, en):
    assert VI.number(value) == vi
    assert EN.number(value) == en


@pytest.mark.parametrize(
    ("kind", "value", "qualifier", "words"),
    [
        ("money", {"vnd": 16_500_000_000, "per": None}, "gần", "gần 16,5 tỷ đồng"),
        ("money", {"vnd": 6_000_000, "per": "em/năm"}, None, "6 triệu đồng / em/năm"),
        ("money", {"vnd": 500_000}, None, "500.000 đồng"),
        ("quantity", {"value": 3037, "unit": "cháu"}, None, "3.037 cháu"),
        ("ratio", {"num": 122, "den": 281, "pct": 43.42}, None, "122/281 (43,42%)"),
        ("ratio", {"num": None, "den": None, "pct": 96.0}, "trên", "trên 96%"),
        ("date", {"iso": "2017/2025"}, None, "2017 – 2025"),
        ("date", {"iso": "2021-10"}, None, "tháng 10/2021"),
        ("date", {"iso": "2022-11-18"}, None, "18/11/2022"),
        ("place", {"code": "60", "name": "tỉnh Bình Thuận"}, None, "tỉnh Bình Thuận (mã 60, nay thuộc Lâm Đồng)"),
        (
            "person",
            {"name": "Lê Thị Lan", "role": "Chủ tịch", "org": "Hội LHPN"},
            None,
            "Lê Thị Lan — Chủ tịch, Hội LHPN",
        ),
        (
            "election",
            {"role": "Cụm trưởng", "holder": "Quảng Ninh", "year": 2023},
            None,
            "Cụm trưởng 2023 → Quảng Ninh",
        ),
        ("cluster", {"name": "Cụm 1", "year": 2024, "members": ["A", "B"]}, None, "Cụm 1, 2024: A, B"),
    ],
)
def test_the_value_of_a_fact_is_told_in_words(kind, value, qualifier, words):
    assert in_words(kind, value, qualifier, VI) == words


@pytest.mark.parametrize(
    "value", ["", "null", "[1, 2]", "{", '{"vnd": "<b>"}', '{"iso": 5}', '{"members": {}}', None, 3]
)
@pytest.mark.parametrize("kind", ["money", "date", "place", "cluster", "person", "unheard-of"])
def test_a_value_of_any_shape_becomes_a_line_of_text(kind, value):
    assert isinstance(in_words(kind, value, "gần", VI), str)


def test_provinces_are_named_by_their_code_of_the_63():
    assert province("15") == "Yên Bái"
    assert province("nowhere") == "nowhere"
    assert province(None) == ""


def test_who_has_signed_in_finds_datasette_s_own_pages_below_and_the_site_s_in_words(altered: str, operator: str):
    def shown(path: str) -> str:
        return httpx.get(altered + path, cookies={"ds_actor": operator}, timeout=60).raise_for_status().text

    menu, _, below = shown("/-/logout").partition("</nav>")
    assert "Installed plugins" not in menu
    assert "Installed plugins" in below
    assert "<h1>Đăng xuất</h1>" in below
    assert "Log out" not in below
    assert not re.findall(r">\d{4}-\d\d-\d\dT[\d:]+Z<", shown("/news/links") + shown("/news/chrome"))
    assert ">sau phần bài<" in shown("/news/removed")
