"""sources.yaml: what it says, and how its mistakes are named."""

import re
import unicodedata
from pathlib import Path

import pytest

from worker.config import ConfigError, Source, load
from worker.values import province_code, seconds

ROOT = Path(__file__).parent.parent
ENTRY = """
  - id: phunucaobang
    name: Hội LHPN tỉnh Cao Bằng
    home: https://phunu.caobang.gov.vn/
    kind: union
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "sources.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_project_s_own_file_holds_at_least_twelve_real_sites_and_those_of_the_seeds():
    sources = load(ROOT / "sources.yaml").sources
    real = [source for source in sources if not source.home.endswith(".invalid/")]
    assert len(real) >= 12
    assert {source.id for source in sources} >= {"hoilhpn-trung-uong", "baophunuthudo", "bachsam-hungyen"}
    assert all(not source.enabled for source in sources if source not in real)


def test_the_project_s_own_file_shows_every_key_in_an_example(tmp_path):
    whole = (ROOT / "sources.yaml").read_text("utf-8")
    head, example = whole.split("# ---- Every key, as an example", 1)
    example = re.sub(r"(?m)^  # ", "  ", example.split("\n", 1)[1])
    (tmp_path / "certificates").mkdir()
    (tmp_path / "certificates" / "phunu.pem").write_text("")
    (tmp_path / "sources.yaml").write_text(f"sources:\n{example}", "utf-8")
    (source,) = load(tmp_path / "sources.yaml").sources
    for told in (source, source.discover, source.politeness, source.network, source.clean):
        assert told.model_fields_set == set(type(told).model_fields), type(told).__name__
    named = {name for name in Source.model_fields if re.search(rf"(?m)^#   (?:\w+, )*{name}\b", head)}
    assert named == set(Source.model_fields)


def test_defaults_reach_every_source_and_are_overridden_key_by_key(write):
    sources = load(
        write(
            f"defaults:\n  schedule: every 3h\n  politeness: {{delay: 5s, concurrency: 2}}\nsources:{ENTRY}"
            "    politeness: {delay: 1.5s}\n"
        )
    )
    (source,) = sources.sources
    assert source.schedule == "every 3h"
    assert (source.politeness.delay, source.politeness.concurrency) == (1.5, 2)


@pytest.mark.parametrize(
    "province", ['"04"', "Cao Bằng", "cao bằng", unicodedata.normalize("NFD", "Cao Bằng"), "cao bang"]
)
def test_a_province_is_a_code_or_a_name(write, province):
    assert load(write(f"sources:{ENTRY}    province: {province}\n")).sources[0].province == "04"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("dak lak", "66"), ("Daklak", "66"), ("Đắc Lắc", "66"), ("tỉnh Gia Lai", "64"), ("GIA LAI ", "64")),
        *(("tp hcm", "79"), ("TP. HCM", "79"), ("Thành phố Hồ Chí Minh", "79"), ("sai gon", "79"), ("TP.Huế", "46")),
        *(("BR-VT", "77"), ("Bà Rịa – Vũng Tàu", "77"), ("hanoi", "01"), ("T.P Hà Nội", "01")),
    ],
)
def test_a_province_is_known_by_any_usual_spelling(written, code):
    assert province_code(written) == code


@pytest.mark.parametrize("written", ["", "tỉnh", "tp", "Hà", "Hà Nội 2", "65", 4])
def test_what_names_no_province_is_none(written):
    with pytest.raises(ValueError, match="one of the 63 provinces"):
        province_code(written)


def test_a_source_is_found_by_the_host_of_a_url(write):
    sources = load(write(f"sources:{ENTRY}"))
    assert sources.of_url("https://www.phunu.caobang.gov.vn/vi/news/a-1.html") is sources.get("phunucaobang")
    assert sources.of_url("https://example.org/") is None


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://tinh.vn/", "tinh"),
        ("https://tinh.vn/tin/1.html", "tinh"),
        ("https://tinh.vn/hoi-phu-nu/tin/1.html", "hoi"),
        ("https://www.tinh.vn/hoi-phu-nu", "hoi"),
        ("https://tinh.vn/hoi-phu-nu-khac/1.html", "tinh"),
        ("https://tinh.vn/so/index.html", "so"),
        ("https://tinh.vn/bai-1.html", "bai"),
        ("https://tinh.vn/hoi-phu-nu/bai-1.html", "bai"),
    ],
)
def test_of_several_on_one_host_the_one_is_found_whose_pattern_or_home_is_nearest(write, url, source):
    homes = {"so": "so/index.html", "hoi": "hoi-phu-nu", "tinh": "", "bai": "chuyen-muc/"}
    entries = "".join(
        f"\n  - id: {name}\n    name: x\n    home: https://tinh.vn/{path}\n    kind: government\n"
        + ("    articles: /bai-\\d+\\.html$\n" if name == "bai" else "")
        for name, path in homes.items()
    )
    assert load(write(f"sources:{entries}")).of_url(url).id == source


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "needs a list"),
        ("sources: [", 1, "not YAML"),
        ("sources:\n\t- id: a", 2, "indent with blanks, not with tabs"),
        (f"sources:{ENTRY}   enabled: true", 6, "let what belongs together begin in the same column"),
        ("sources:\n  - id a\n    name: A", 3, "write key: value on this line and the one above"),
        (f'sources:{ENTRY}    articles: "x', 6, "a quote or a bracket above is not closed"),
        (f"sources:{ENTRY}    enabled: có", 6, "'có' is not right; write true or false"),
        (f"sources:{ENTRY}    shedule: every 2h\n", 6, "field shedule: this key is unknown; did you mean schedule?"),
        (f"sources:{ENTRY}    politeness: {{wait: 2s}}\n", 6, "known are delay, concurrency, robots"),
        (f"sources:{ENTRY}    schedule: sometimes\n", 6, 'write "every 2h", a cron line'),
        (f"sources:{ENTRY}    schedule: 99 6 * * *\n", 6, "this cron line cannot be read"),
        (f"sources:{ENTRY}    schedule: 0 6 31 2 *\n", 6, "this cron line names a day that never comes"),
        (f"sources:{ENTRY}    look_again: [1d, 1h]\n", 6, "write the times from the shortest to the longest"),
        (f"sources:{ENTRY}    look_again: [1h, 120d]\n", 6, "write a time from 1m to 90d"),
        (f"sources:{ENTRY}    schedule: every 5s\n", 6, "write every 1m to 366d"),
        (f"sources:{ENTRY}    schedule: auto 12h-30m\n", 6, "write the shorter time first"),
        (f"sources:{ENTRY}    province: Atlantis\n", 6, "the name of one of the 63 provinces"),
        (f"sources:{ENTRY}    articles: '('\n", 6, "this regular expression cannot be read"),
        (f"sources:{ENTRY}    discover: {{feeds: [rss.xml]}}\n", 6, "write a whole address"),
        (f"defaults:\n  politeness: {{delay: soon}}\nsources:{ENTRY}", 2, "write a time such as 2s"),
        ("defaults: {kind: union}\nsources: []\n", 1, "each source has its own"),
        (f"sources:{ENTRY}{ENTRY}", 7, "'phunucaobang' stands twice"),
        (f"sources:{ENTRY}    kind: press\n", 6, "'kind' stands twice"),
        ("sources:\n  - id: Cao Bằng\n    name: x\n    home: https://a.vn/\n    kind: union\n", 2, "use small letters"),
        (
            "sources:\n  - id: a\n    name: x\n    home: https://a.vn/\n    kind: blog\n",
            5,
            "write union, government",
        ),
        ("sources:\n  - id: a\n    home: https://a.vn/\n    kind: union\n", 2, "source a, field name: it is missing"),
        ("sources:\n  - 17\n", 2, "source number 1"),
        ("contact: a@b.vn\nsources: []\n", 2, "no source is listed"),
        (
            f"sources:\n  - {list(range(9_999))}\n",
            2,
            "20, 21, 2… is not right; write keys with their values",
        ),
        (
            f"sources:{ENTRY}    profile: nukevet\n",
            6,
            "field profile: 'nukevet' is not right; known are liferay, nukeviet",
        ),
        (f"sources:{ENTRY}    clean: {{body: 'div['}}\n", 6, "field clean.body: 'div[' is not right; "),
        (f"sources:{ENTRY}    clean:\n      drop: [p, ..a]\n", 7, "'..a' is no CSS selector; write one such as"),
        (
            f"sources:{ENTRY}    discover: {{feeds: /rss}}\n",
            6,
            "discover.feeds: '/rss' is not right; write a list: each",
        ),
        (f"sources:{ENTRY}    clean:\n      date: '123'\n", 7, "'123' is no CSS selector"),
        (f"sources:{ENTRY}    schedule: every 99999999999d\n", 6, "once a year at least; write every 1m to 366d"),
        (f"sources:{ENTRY}    schedule: auto 1h-9999d\n", 6, "no more than 366d"),
        (f"sources:{ENTRY}    politeness: {{delay: 999999999d}}\n", 6, "write a time from 0s to 1h"),
        (f"sources:{ENTRY}    politeness: {{delay: -1}}\n", 6, "write a time from 0s to 1h"),
        (f"sources:{ENTRY}    politeness: {{delay: {'9' * 999}}}\n", 6, "9… is not right; write a time such as 2s"),
        (f"sources:{ENTRY}    network: {{timeout: 0s}}\n", 6, "write a time from 0.1s to 1h"),
        (f"sources:{ENTRY}    checked: 2026-13-45\n", 6, "'2026-13-45' is not right; write the day as 2026-11-21, or"),
        (f"sources:{ENTRY}    checked: yesterday\n", 6, "write the day as 2026-11-21, or never"),
        (
            f"sources:{ENTRY}{ENTRY.replace('id: ', 'id: other-').replace('https://', 'http://www.')}",
            9,
            "source other-phunucaobang, field home: 'http://www.phunu.caobang.gov.vn/' stands twice",
        ),
        (f"sources:{ENTRY.replace('.vn/', '.vn:99999/')}", 4, "Port out of range"),
        ("sources:\n  - &a\n    [*a]\n", 2, "source number 1"),
    ],
)
def test_a_mistake_is_named_with_file_line_field_and_what_is_right(write, text, line, says):
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}")
    assert says in message
    assert "\n" not in message


def test_a_day_needs_no_quotes_and_a_list_that_is_being_made_may_be_empty(write):
    assert load(write(f"sources:{ENTRY}    checked: 2026-11-21\n")).sources[0].checked == "2026-11-21"
    assert load(write("sources: []\n"), may_be_empty=True).sources == ()


def test_a_missing_or_unreadable_file_is_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match="is not there"):
        load(tmp_path / "none.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load(tmp_path / "binary.yaml")


@pytest.mark.parametrize(("text", "value"), [("2s", 2), ("15m", 900), ("2h", 7200), ("1d", 86400), (3, 3)])
def test_times_are_written_with_their_unit(text, value):
    assert seconds(text) == value


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path):
    file = tmp_path / "sources.yaml"
    file.write_bytes("sources:\n  - id: a\n    name: Hội LHPN tỉnh Bình Dương".encode("utf-16"))
    with pytest.raises(ConfigError, match=r"sources\.yaml, line 1: this is not UTF-8; save the file as UTF-8"):
        load(file)
