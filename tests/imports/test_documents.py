"""Documents that articles link to come with an import, wherever they stand in it; a rebuild reads them again."""

from dataclasses import replace

import pytest

from tests.test_attachments import LINE, Site
from tests.test_import import Written, rows, take
from tests.test_rebuild import rebuilt
from tests.web.stories import stories
from tests.web.story import Paragraph
from worker.config import Sources
from worker.store import Archive

TEXTS = (
    "SELECT a.url, a.title, pages, text, articles.title FROM attachments AS a JOIN articles ON articles.id = article"
)


@pytest.fixture
def site():
    first, *others = stories(3, seed=12)
    more = Paragraph("Hội đã ban hành Kế hoạch số 45 và phụ lục kèm theo để các cơ sở triển khai thực hiện.")
    made = Site("hoi.test", stories=[replace(first, parts=(*first.parts, more)), *others])
    made.base = "https://hoi.test/"
    return made


def written(path, site, *, documents_first):
    """A WARC file with the articles, their documents, and one document that no article links to."""
    warc = Written(path)
    articles = [(site.url_of(story), site.article_page(story).encode(), []) for story in site.all_stories]
    documents = [
        (f"{site.base.rstrip('/')}{name.replace('.docx', '.docx?v=2')}", body, [("Content-Type", "application/pdf")])
        for name, body in site.documents.items()
    ]
    documents.append((f"{site.base}so-do.pdf", documents[0][1], [("Content-Type", "application/pdf")]))
    for url, body, headers in documents + articles if documents_first else articles + documents:
        warc.response(url, body, headers=headers or [("Content-Type", "text/html; charset=utf-8")])
    return warc.done()


@pytest.mark.parametrize("documents_first", [True, False])
def test_documents_come_with_the_articles_that_link_to_them(tmp_path, site, documents_first):
    warc = written(tmp_path / "a.warc.gz", site, documents_first=documents_first)
    with Archive.open(tmp_path / "archive", write=True) as archive:
        result = take(archive, site, warc)
        assert result.filed == {"new": 3, "attachment": 3}
        assert result.passed == {("not news", "attachment"): 1}
        title = site.told(site.all_stories[0]).title
        texts = {row[1]: row for row in rows(archive, TEXTS)}
        pdf, docx = texts["Kế hoạch số 45"], texts["phụ lục kèm theo"]
        assert pdf[1:3] == ("Kế hoạch số 45", 1) and "khoi nghiep xanh" in pdf[3] and pdf[4] == title
        assert docx[1] == "phụ lục kèm theo" and LINE in docx[3] and docx[4] == title
        assert archive.search_attachments("khởi nghiệp xanh")
        assert archive.verify() == []
        before = list(archive.connection.iterdump())
        assert "new" not in take(archive, site, warc).filed
        assert list(archive.connection.iterdump()) == before


def test_a_rebuild_reads_documents_again(tmp_path, site):
    sources = Sources(sources=(site.source("hoi"),))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        take(archive, site, written(tmp_path / "a.warc.gz", site, documents_first=False))
        wanted = rows(archive, TEXTS)
        for url, capture in rows(archive, "SELECT url, capture FROM attachments"):
            archive.put_attachment(url, capture, text="", problem="an older reader could not read it")
        assert not archive.search_attachments("khởi nghiệp xanh")
    assert rebuilt((tmp_path / "archive", sources), source="hoi").documents == 3
    assert rebuilt((tmp_path / "archive", sources)).documents == 0
    with Archive.open(tmp_path / "archive", write=True) as archive:
        assert rows(archive, TEXTS) == wanted
        assert archive.search_attachments("khởi nghiệp xanh")
        assert archive.verify() == []
