"""What an import of a crawl of the whole web leaves out, and what it proposes."""

from unicodedata import normalize

import pytest
import yaml

from tests.test_import import AT, Written, rows
from tests.web.nukeviet import NukeViet
from tests.web.stories import stories
from worker.config import Sources, load
from worker.imports import ImportFailed, Passed
from worker.imports.choice import Choice, hosts_of
from worker.imports.job import Import
from worker.models import Article, Capture
from worker.store import Archive

ENGLISH = (
    "<title>News of the day</title><h1>News of the day</h1><p>" + "The committee met and praised its members. " * 40
)


@pytest.fixture
def portals():
    made = [NukeViet(f"{name}.test", list(stories(3, seed=seed))) for seed, name in enumerate(("hoi", "tinh"), 1)]
    for portal in made:
        portal.base = f"https://{portal.host}/"
    return made


@pytest.fixture
def warc(tmp_path, portals):
    written = Written(tmp_path / "a.warc.gz")
    for portal in portals:
        for story in portal.all_stories:
            written.response(portal.url_of(story), portal.article_page(story).encode())
    written.response("https://hoi.test/news/committee-met-and-praised-12.html", ENGLISH.encode())
    return written.done()


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive", write=True) as opened:
        yield opened


def run(archive, portals, warc, *, choice=Choice(), **options):  # noqa: B008  # it never changes
    sources = Sources(sources=tuple(portal.source(portal.host.split(".")[0]) for portal in portals))
    archive.sync_sources(sources)
    return Import(archive=archive, sources=sources, choice=choice, **options).run([str(warc)])


def test_only_the_hosts_of_a_list_are_read(tmp_path, archive, portals, warc):
    (tmp_path / "hosts.txt").write_text("# tỉnh\nhttps://www.TINH.test/\n\nkhac.test # một trang khác\n", "utf-8")
    hosts = hosts_of(tmp_path / "hosts.txt")
    assert hosts == {"tinh.test", "khac.test"}
    result = run(archive, portals, warc, choice=Choice(hosts=hosts))
    assert result.filed == {"new": 3}
    assert result.passed == {("host of no source", "hoi.test"): 4}


@pytest.mark.parametrize("host", ["phunu.tinh.vn", "tinh.vn", "www.tinh.vn"])
def test_a_host_stands_for_those_below_it(host):
    assert Choice(hosts=frozenset({"tinh.vn"})).host(f"https://{host}:8080/a")
    assert not Choice(hosts=frozenset({"tinh.vn"})).host("https://xtinh.vn/a")


@pytest.mark.parametrize(
    "line", ["tinh.vn", "\ufefftinh.vn\r", "*.tinh.vn", ".tinh.vn", "https://www.tinh.vn:443/tin # Tỉnh"]
)
def test_a_host_may_be_written_in_several_ways(tmp_path, line):
    (tmp_path / "hosts.txt").write_text(f"{line}\n", "utf-8")
    assert hosts_of(tmp_path / "hosts.txt") == {"tinh.vn"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# nothing\n", "names no host"),
        (None, "cannot be read"),
        ("a.vn\nhttp://[x", "line 2: 'http://\\[x' is no host"),
        ("- [the page](#page)", "line 1: .* is no host; write"),
    ],
)
def test_a_list_without_hosts_is_refused(tmp_path, text, told):
    if text is not None:
        (tmp_path / "hosts.txt").write_text(text, "utf-8")
    with pytest.raises(ImportFailed, match=told):
        hosts_of(tmp_path / "hosts.txt")


def test_only_pages_in_vietnamese(archive, portals, warc):
    result = run(archive, portals, warc, choice=Choice(language="vi"))
    assert result.filed == {"new": 6}
    assert result.passed == {("another language", ""): 1}


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1258"])
def test_the_language_is_that_of_the_text_whatever_its_encoding_and_scripts(charset):
    text = "Hội Liên hiệp Phụ nữ tỉnh tổ chức hội nghị tổng kết công tác năm và biểu dương các chi hội cơ sở. " * 3
    html = f"<script>{'var counter = window.dataLayer; ' * 200}</script><p>{text}"
    body = html.encode(charset, "xmlcharrefreplace") if charset != "windows-1258" else html.encode("utf-8")
    page = Capture(url="https://a.vn/", fetched_at=None, status=200, body=body)
    assert Choice(language="vi").page(page) is None
    for other in ("Le comité s'est réuni à l'été, où l'élève a été félicitée.", "Ședința a fost ținută în județ.", ""):
        page = Capture(url="https://a.vn/", fetched_at=None, status=200, body=f"<p>{other * 9}".encode())
        assert Choice(language="vi").page(page) is not None


def test_a_page_half_in_english_is_in_vietnamese_and_one_with_a_name_is_not():
    half = "The Women's Union held its annual conference in the province today and praised its branches for the work. "
    half += "Hội Liên hiệp Phụ nữ tỉnh tổ chức hội nghị tổng kết công tác năm và biểu dương các chi hội cơ sở."
    named = (
        "The Women's Union of Thừa Thiên Huế held its annual conference today and praised all of its branches there."
    )
    for text, answer in ((half, None), (named, Passed("another language"))):
        page = Capture(url="https://a.vn/", fetched_at=None, status=200, body=f"<p>{text}".encode())
        assert Choice(language="vi").page(page) == answer


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("picture", [0, 400_000])
def test_letters_may_be_written_as_references_or_in_two_parts_and_stand_behind_pictures(form, picture):
    text = "Hội Liên hiệp Phụ nữ tỉnh tổ chức hội nghị tổng kết công tác năm và biểu dương các chi hội cơ sở. " * 3
    html = f"<img src='data:image/png;base64,{'QUJD' * picture}'><p>{normalize(form, text)}"
    for body in (html.encode("ascii", "xmlcharrefreplace"), html.encode()):
        page = Capture(url="https://a.vn/", fetched_at=None, status=200, body=body)
        assert Choice(language="vi").page(page) is None


def test_scripts_without_end_take_no_time():
    page = Capture(url="https://a.vn/", fetched_at=None, status=200, body=b"<script>" * 8_000_000)
    assert Choice(language="vi").page(page) is not None


@pytest.mark.parametrize("topic", ["Hội LHPN", "hội liên hiệp phụ nữ", "chi hoà giải", "chi hòa giải"])
def test_words_are_found_however_they_are_spelled(topic):
    article = Article(url="https://a.vn/", title="Tin", body="Hội Liên hiệp Phụ nữ xã thành lập\nCHI HOÀ GIẢI.")
    assert Choice(topics=("không có", topic)).article(article) is None
    assert Choice(topics=("không có", f"{topic}x")).article(article) is not None


def test_words_without_marks_are_found_with_them_and_words_with_marks_only_so():
    article = Article(url="https://a.vn/", title="Tin", body="Hội Liên hiệp Phụ nữ xã họp.")
    assert Choice(topics=("PHU NU",)).article(article) is None
    assert Choice(topics=("phú nữ", "bầu cử")).article(article) == Passed("another topic")
    assert Choice(topics=("bau cu",)).article(article) == Passed("another topic")


def test_articles_of_another_topic_are_passed_over(archive, portals, warc):
    title = portals[0].told(portals[0].all_stories[1]).title
    result = run(archive, portals, warc, choice=Choice(topics=(title,)))
    assert rows(archive, "SELECT title FROM articles") == [(title,)]
    assert result.reasons["another topic"] == 6


def test_hosts_of_no_source_are_proposed_with_their_articles_and_nothing_of_them_is_kept(archive, portals, warc):
    result = run(archive, portals[:1], warc, new_sources=True, choice=Choice(language="vi"))
    assert result.filed == {"new": 3}
    assert result.proposed == {"tinh.test": 3}
    assert result.passed["host of no source", "tinh.test"] == 3
    assert rows(archive, "SELECT DISTINCT source FROM articles") == [("hoi",)]


def test_what_is_proposed_can_be_pasted_into_the_sources_file(worker, tmp_path, portals, warc):
    sources = tmp_path / "sources.yaml"
    sources.write_text("sources:\n  - {id: hoi, name: Hội, home: 'https://hoi.test/', kind: union}\n", "utf-8")
    command = ["import", warc, "--new-sources", "--sources", sources, "--archive", tmp_path / "archive"]
    done = worker(*command)
    assert done.returncode == 0, done.stderr
    entries = done.stdout.partition("to be looked over:\n")[2]
    assert yaml.safe_load(entries)[0]["home"] == "https://tinh.test/"
    sources.write_text(sources.read_text("utf-8") + entries, "utf-8")
    assert load(sources).get("tinh-test").kind == "press"
    again = worker(*command)
    assert "new" in again.stdout and "known" in again.stdout and "to be looked over" not in again.stdout


def test_hosts_whose_names_are_alike_are_proposed_under_names_of_their_own(worker, tmp_path):
    portals = [NukeViet(host, list(stories(2, seed=seed))) for seed, host in enumerate(("a-b.test", "a.b.test"), 3)]
    written = Written(tmp_path / "a.warc.gz")
    for portal in portals:
        portal.base = f"https://{portal.host}/"
        for story in portal.all_stories:
            written.response(portal.url_of(story), portal.article_page(story).encode())
    sources = tmp_path / "sources.yaml"
    sources.write_text("sources:\n  - {id: hoi, name: Hội, home: 'https://hoi.test/', kind: union}\n", "utf-8")
    done = worker("import", written.done(), "--new-sources", "--sources", sources, "--archive", tmp_path / "archive")
    sources.write_text(sources.read_text("utf-8") + done.stdout.partition("to be looked over:\n")[2], "utf-8")
    assert {source.id for source in load(sources).sources} == {"hoi", "a-b-test", "a-b-test-2"}


def test_the_options_of_the_command_reach_the_import(worker, tmp_path, portals, warc):
    sources, hosts = tmp_path / "sources.yaml", tmp_path / "hosts.txt"
    entries = (f"  - {{id: {p.host[:3]}, name: A, home: '{p.base}', kind: union}}\n" for p in portals)
    sources.write_text("sources:\n" + "".join(entries), "utf-8")
    hosts.write_text("hoi.test\n", "utf-8")
    options = ["--only-hosts", hosts, "--language", "vi", "--topic", "không có đâu", "--link"]
    done = worker("import", warc, *options, "--sources", sources, "--archive", tmp_path / "archive", "--json")
    assert done.returncode == 0, done.stderr
    assert '"another topic"' in done.stdout and '"another language"' in done.stdout and '"tinh.test": 3' in done.stdout


def test_the_time_is_that_of_the_record(archive, portals, warc):
    run(archive, portals, warc)
    assert rows(archive, "SELECT DISTINCT first_seen FROM articles") == [(AT,)]
