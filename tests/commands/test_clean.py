"""`worker clean`: the pure middle as a filter."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = """<html><head><title>Hội LHPN huyện tặng nhà | Trang tin</title></head><body>
<div class="menu"><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></div>
<h1>Hội LHPN huyện tặng nhà cho phụ nữ nghèo</h1>
<div class="content"><p>Ngày 5/3/2024, Hội Liên hiệp Phụ nữ huyện đã trao 3 căn nhà, trị giá 150 triệu đồng, cho các gia
đình hội viên có hoàn cảnh khó khăn trên địa bàn xã, với sự tham dự của đông đảo bà con.</p>
<p>Đây là hoạt động nằm trong chương trình hỗ trợ nhà ở mà các cấp Hội đã thực hiện trong nhiều năm qua, góp phần giúp
chị em ổn định cuộc sống và vươn lên thoát nghèo bền vững.</p></div>
<div class="footer"><a href="/">Bản quyền</a></div></body></html>"""


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines(*objects):
    return "".join(f"{json.dumps(row)}\n" for row in objects)


def test_pages_given_as_html_as_text_and_as_paths_come_out_in_order(worker, tmp_path):
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    done = worker(
        "clean",
        "--jsonl",
        stdin=lines(
            {"key": "html", "url": "https://a.vn/1", "html": PAGE},
            {"key": "path", "path": str(tmp_path / "page.html")},
            {"key": "gz", "path": str(tmp_path / "page.html.gz")},
            {"key": "seed", "path": "seeds/003_1fe99a2c5e9f4cf4.txt"},
        ),
    )
    html, path, gz, seed = rows(done)
    assert [row["key"] for row in (html, path, gz, seed)] == ["html", "path", "gz", "seed"]
    assert html["url"] == "https://a.vn/1"
    assert html["title"] == "Hội LHPN huyện tặng nhà cho phụ nữ nghèo"
    assert html["body"].startswith("Ngày 5/3/2024") and html["body"].count("\n") == 1
    assert path["body"] == gz["body"] == html["body"]
    assert seed["published"] == "2023-11-22"
    assert seed["title"].startswith("Cụm thi đua các tỉnh Duyên hải")


def test_every_fact_points_at_its_words(worker):
    (row,) = rows(worker("clean", "--jsonl", stdin=lines({"key": 1, "path": "seeds/002_1bd7b950d73e6ed6.txt"})))
    assert len(row["facts"]) > 50
    for fact in row["facts"]:
        assert row[fact["part"]][fact["start"] : fact["end"]] == fact["text"]
    assert {"money", "date", "quantity", "place", "person"} <= {fact["kind"] for fact in row["facts"]}


def test_what_was_removed_is_told_with_its_reason(worker):
    (row,) = rows(worker("clean", "--jsonl", "--no-facts", stdin=lines({"key": 1, "html": PAGE})))
    assert row["facts"] == []
    assert any("Trang chủ" in block["text"] for block in row["removed"])
    assert all(block["reason"] for block in row["removed"])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("this is no JSON", "this line is no JSON: expecting value, at character 1"),
        ("[1, 2]", "a line must be a JSON object"),
        ('{"key": "k"}', "one of html, text and path"),
        ('{"key": "k", "html": "<p>", "text": "x"}', "one of html, text and path"),
        ('{"key": "k", "path": "none.html"}', "none.html: No such file or directory"),
        ('{"key": "k", "path": "pyproject.toml"}', "must end in .html or .txt"),
    ],
)
def test_a_line_that_cannot_be_read_gives_its_error_and_the_next_one_goes_on(worker, line, says):
    bad, good = rows(worker("clean", "--jsonl", stdin=f"{line}\n{lines({'key': 'good', 'html': PAGE})}"))
    assert set(bad) == {"key", "error"}
    assert says in bad["error"]
    assert "Errno" not in bad["error"]
    assert good["key"] == "good" and good["body"]


def test_several_processes_give_what_one_gives(worker):
    pages = lines(*({"key": n, "html": PAGE.replace("huyện", f"huyện số {n}")} for n in range(40)))
    assert worker("clean", "--jsonl", "--jobs", 2, stdin=pages).stdout == worker("clean", "--jsonl", stdin=pages).stdout


def test_a_single_page_is_printed_to_be_read(worker):
    done = worker("clean", "seeds/003_1fe99a2c5e9f4cf4.txt")
    first, *rest = done.stdout.splitlines()
    assert first.startswith("Cụm thi đua các tỉnh Duyên hải miền Trung")
    assert any("2023-11-22" in line for line in rest[:2])
    assert "facts" in done.stdout


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_saved_page_is_markup_in_whatever_encoding(worker, tmp_path, charset):
    (tmp_path / "page.html").write_text(PAGE, charset)
    told = worker("clean", tmp_path / "page.html").stdout
    assert "Hội LHPN huyện tặng nhà cho phụ nữ nghèo" in told and "150 triệu đồng" in told
    assert "<p>" not in told and "Bản quyền" not in told


def test_what_is_dropped_is_told_with_the_reason_where_it_is_asked_for(worker, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Tin\n\nSáng 31/02/2024, các cấp Hội tặng 12 suất quà.\n", "utf-8")
    told = worker("--debug", "clean", page)
    assert "dropped 'Sáng 31/02/2024': there is no such day" in told.stderr
    assert "12 suất quà" in told.stdout
    assert worker("clean", page).stderr == ""


def test_a_page_that_is_too_large_is_refused_before_it_is_held(worker, tmp_path):
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b" " * (65 * 1024**2)))
    done = worker("clean", bomb)
    assert done.returncode == 1
    assert "larger than 64 MB" in done.stderr


def test_a_page_that_ends_its_process_costs_no_other(tmp_path):
    """The page is a pipe, so that it is known who reads it: those processes are killed, until the page is given up."""
    deadly = tmp_path / "deadly.txt"
    os.mkfifo(deadly)
    rows = [{"key": n, "text": "Trao 5 suất quà."} if n != 2 else {"key": n, "path": str(deadly)} for n in range(4)]
    command = (sys.executable, "-m", "worker", "clean", "--jsonl", "--jobs", "2")
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write(lines)
        running.stdin.close()
        while running.poll() is None:
            kill_readers(deadly)
            time.sleep(0.05)
        told = [json.loads(line) for line in running.stdout]
    assert running.returncode == 0
    assert [(row["key"], "error" in row) for row in told] == [(0, False), (1, False), (2, True), (3, False)]
    assert told[2]["error"] == "it ended the process that read it"


def kill_readers(pipe: Path) -> None:
    """Kill the processes that wait in open(2) for somebody to write into a pipe, where there are any."""
    try:
        end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # nobody waits
        return
    killed = False
    for _ in range(500):  # whoever waited is just waking up
        killed = False
        for held in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                if held.readlink() == pipe and int(held.parts[2]) != os.getpid():
                    os.kill(int(held.parts[2]), signal.SIGKILL)
                    killed = True
        if killed:
            break
    os.close(end)
