"""Documents that articles link to are kept, and found by their text; what is none, or a bad one, harms nothing."""

import asyncio
import io
import json
import sqlite3
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from tests.commands.test_crawl import configured
from tests.web.nukeviet import NukeViet
from tests.web.reading import page
from tests.web.server import Answer, serve
from tests.web.stories import stories
from tests.web.story import Paragraph
from worker.attachments import linked, read
from worker.refine import refine

LINE = "Kế hoạch tổ chức Hội thi Phụ nữ khởi nghiệp xanh năm 2025"


def pdf(text="Ke hoach so 45 ve Hoi thi khoi nghiep xanh"):
    """A PDF of one page with one line, by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def docx(*lines, cells=()):
    document, file = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    if cells:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    document.save(file)
    return file.getvalue()


class Site(NukeViet):
    """A portal whose first article links to documents in its text and shows one; another is in its footer."""

    documents = {  # noqa: RUF012 - never changed
        "/uploads/kh45.pdf": pdf(),
        "/uploads/phu-luc.docx": docx(LINE, cells=("Chi hội", "120 hội viên")),
        "/uploads/khung.pdf": pdf("Trong khung"),
    }

    def part_html(self, part):
        html = super().part_html(part)
        return html.replace("Kế hoạch số 45", '<a href="/uploads/kh45.pdf">Kế hoạch số 45</a>').replace(
            "phụ lục kèm theo",
            '<a href="/uploads/phu-luc.docx?v=2">phụ lục kèm theo</a>'
            '<iframe src="/pdfjs/viewer.html?file=%2Fuploads%2Fkhung.pdf" title="Trong khung"></iframe>',
        )

    def article_page(self, story, hit=1):
        return super().article_page(story, hit).replace("</body>", '<a href="/so-do.pdf">Sơ đồ trang</a></body>')

    def answer(self, request, hit):
        path = request.path.partition("?")[0]
        if path in self.documents:
            return Answer(body=self.documents[path], headers=(("Content-Type", "application/octet-stream"),))
        return super().answer(request, hit)


@pytest.fixture(scope="module")
def site(worker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    first, *others = stories(4, seed=12)
    more = Paragraph("Hội đã ban hành Kế hoạch số 45 và phụ lục kèm theo để các cơ sở triển khai thực hiện.")
    portal = Site(stories=[replace(first, parts=(*first.parts, more)), *others])
    with serve(portal) as web:
        options = configured(folder, web, portal)
        done = worker("crawl", *options)
        again = worker("crawl", *options)
        assert done.returncode == again.returncode == 0, done.stderr
        portal.asked = web.asked(portal)
    portal.archive = folder / "a"
    return portal


def test_documents_in_the_text_of_an_article_are_kept_once_and_others_are_not(site):
    assert site.asked.count("/uploads/kh45.pdf") == site.asked.count("/uploads/phu-luc.docx?v=2") == 1
    assert "/so-do.pdf" not in site.asked
    with sqlite3.connect(site.archive / "news.db") as connection:
        kept = connection.execute(
            "SELECT attachments.title, articles.title, pages, problem, kind FROM attachments"
            " JOIN articles ON articles.id = attachments.article"
            " JOIN captures ON captures.id = attachments.capture ORDER BY 1"
        ).fetchall()
    first = site.all_stories[0].title
    assert kept == [
        ("Kế hoạch số 45", first, 1, None, "attachment"),
        ("Trong khung", first, 1, None, "attachment"),
        ("phụ lục kèm theo", first, None, None, "attachment"),
    ]


TEXT = "<p>Hội Liên hiệp Phụ nữ tỉnh vừa ban hành kế hoạch tổ chức ngày hội khởi nghiệp năm 2025 tại các cơ sở.</p>"


@pytest.mark.parametrize(
    ("html", "documents"),
    [
        ('<p>Xem <a href="/documents/20142/0/kh.pdf/3f1c-2a11?t=1700">kế hoạch</a>.</p>', ["kế hoạch"]),
        ('<p>Xem <a href="/download.ashx?file=qd.pdf&id=3">quyết định</a>.</p>', ["quyết định"]),
        ('<p>Xem <a href="https://files.other.vn/phunu/kh.docx">kế hoạch</a>.</p>', ["kế hoạch"]),
        ('<p>Tải kế hoạch: <a href="/kh.pdf"><img src="/pdf.png"></a></p>', ["Tải kế hoạch:"]),
        ('</div><div><b>Tệp đính kèm</b><ul><li><a href="/kh.pdf">kh.pdf</a></li></ul>', ["kh.pdf"]),
        ('</div><div><a href="/in.pdf"><img src="/in.png"></a></div><div>', []),
        ('</div><div><a href="/gioi-thieu.pdf">Giới thiệu</a></div><div>', []),
        ('<p>Xem <a href="https://docs.other.vn/viewer?url=http://a.vn/kh.pdf">kế hoạch</a>.</p>', ["kế hoạch"]),
        ('<p>Xem <a href="https://docs.other.vn/viewer?id=7">kế hoạch</a> (kh.pdf).</p>', []),
        ('<p>Xem <a href="/tin/ngay-hoi-pdf.html">kế hoạch</a>.</p>', []),
    ],
    ids=[
        "Liferay",
        "a parameter",
        "another host",
        "a picture",
        "a box",
        "a print button",
        "a menu",
        "a viewer",
        "a viewer of something else",
        "a page",
    ],
)
def test_links_of_an_article_to_documents_are_known_in_the_forms_that_portals_have(html, documents):
    text = f"<h1>Ban hành kế hoạch tổ chức ngày hội khởi nghiệp</h1><article>{TEXT * 3}{html}</article>"
    capture = page("https://phunu.example.vn/tin/ke-hoach-12.html", f"<title>Tin</title>{text}")
    refined = refine(capture, None)
    assert refined.article is not None
    assert [link.title for link in linked(capture, refined)] == documents


@pytest.mark.parametrize(
    ("html", "documents"),
    [
        ('<iframe src="/uploads/kh.pdf#toolbar=0" title="Kế hoạch 45"></iframe>', [("/uploads/kh.pdf", "Kế hoạch 45")]),
        ('<iframe data-src="/uploads/k%E1%BA%BF.pdf"></iframe>', [("/uploads/k%E1%BA%BF.pdf", "kế.pdf")]),
        ('<embed src="/kh.pdf" type="application/pdf">', [("/kh.pdf", "kh.pdf")]),
        ('<object data="/kh.pdf"><a href="/kh.pdf">Tải</a><embed src="/kh.pdf"></object>', [("/kh.pdf", "kh.pdf")]),
        (
            '<iframe src="/pdfjs/web/viewer.html?file=%2Fuploads%2Fkh.pdf%23page%3D1"></iframe>',
            [("/uploads/kh.pdf", "kh.pdf")],
        ),
        ('<iframe src="/pdfjs/web/viewer.html?file=../../kh.pdf"></iframe>', [("/kh.pdf", "kh.pdf")]),
        (
            '<iframe src="https://docs.google.com/gview?url=https://phunu.example.vn/kh.pdf&amp;embedded=true"></iframe>',
            [("/kh.pdf", "kh.pdf")],
        ),
        (
            '<iframe src="https://view.officeapps.live.com/op/embed.aspx?src=https%3A%2F%2Fphunu.example.vn%2Fkh.docx"></iframe>',
            [("/kh.docx", "kh.docx")],
        ),
        ('<iframe src="https://www.youtube.com/embed/x"></iframe><!-- kh.pdf -->', []),
        ('<aside><iframe src="/noi-quy.pdf"></iframe></aside>', []),
        ('<object type="application/pdf"></object><p>kh.pdf </p>', []),
    ],
)
def test_documents_that_an_article_shows_in_a_frame_are_known(html, documents):
    text = f"<h1>Ban hành kế hoạch tổ chức ngày hội khởi nghiệp</h1><article>{TEXT * 3}{html}</article>"
    capture = page("https://phunu.example.vn/tin/ke-hoach-12.html", f"<title>Tin</title>{text}")
    found = linked(capture, refine(capture, None))
    assert [(link.url.removeprefix("https://phunu.example.vn"), link.title) for link in found] == documents


@pytest.mark.parametrize("query", ['"khởi nghiệp xanh"', "hoi thi phu nu khoi nghiep xanh", "120 hội viên"])
def test_they_are_found_by_their_text_and_marked_as_attachments(worker, site, query):
    told = json.loads(worker("search", query, "--json", "--archive", site.archive).stdout)
    found = [hit for hit in told if "attachment_of" in hit]
    assert found[0]["title"] == "phụ lục kèm theo"
    assert found[0]["attachment_of"].endswith(site.path_of(site.all_stories[0]))
    assert "phụ lục kèm theo (attachment)" in worker("search", query, "--archive", site.archive).stdout


def test_the_archive_with_them_is_sound(worker, site):
    assert worker("verify", "--archive", site.archive).returncode == 0


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 250_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"%PDF-1.4\nnothing of the kind", "cannot be read"),
        (b"PK\x03\x04 torn", "cannot be read"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "neither"),
        (pdf(""), "no text"),
        (bomb(), "too big"),
    ],
    ids=["broken-pdf", "torn-docx", "doc", "scan", "bomb"],
)
def test_a_document_that_cannot_be_read_says_why(body, problem):
    assert problem in asyncio.run(read(body)).problem


READING = """
import asyncio, signal, sys
from tests.web.reading import page
from worker.attachments import linked, read
from worker.refine import refine
signal.signal(signal.SIGINT, lambda *_: None)
print(asyncio.run(read(sys.stdin.buffer.read())).text)
"""


def test_control_c_takes_no_text_from_the_document_that_is_being_read(interrupted):
    assert interrupted("-c", READING, when="-m worker.attachments", stdin=pdf()) == (
        0,
        "Ke hoach so 45 ve Hoi thi khoi nghiep xanh\n",
        "",
    )
