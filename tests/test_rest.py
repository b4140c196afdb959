"""What a process gives back when it rests."""

import gc
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from worker import rest
from worker.dedup import canonical
from worker.executors import Local
from worker.facts import extract
from worker.models import Article


def test_what_was_kept_for_the_next_page_is_forgotten_and_what_was_read_from_files_is_not():
    address = canonical.canonical("https://phunu.example.vn/vi/news/a-1.html?utm_source=x")
    assert canonical._known.cache_info().currsize
    lasting = [
        one for one in vars(canonical).values() if getattr(one, "cache_parameters", dict)().get("maxsize", 0) is None
    ]
    kept = [one.cache_info().currsize for one in lasting]
    rest.give_back()
    assert canonical._known.cache_info().currsize == 0
    assert [one.cache_info().currsize for one in lasting] == kept and any(kept)
    assert canonical.canonical("https://phunu.example.vn/vi/news/a-1.html?utm_source=x") == address


POOL = """
import multiprocessing, os, sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import resource_tracker
from worker import rest

if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(abs, -1).result() == 1
        tracker = resource_tracker._resource_tracker._pid
        os.kill(tracker, 0)
        if sys.argv[1] == "busy":
            rest.give_back()
            print("went on")
    if sys.argv[1] == "idle":
        rest.give_back()
        try:
            os.kill(tracker, 0)
        except ProcessLookupError:
            print("ended")
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            print(pool.submit(abs, -2).result())
"""


def told(way: str, directory: Path) -> str:
    script = directory / "pool.py"
    script.write_text(POOL)
    command = [sys.executable, str(script), way]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_process_beside_the_semaphores_ends_and_another_comes_when_there_is_work_again(tmp_path: Path):
    assert told("idle", tmp_path) == "ended\n2\n"


def test_it_is_not_waited_for_while_another_process_is_still_there(tmp_path: Path):
    assert told("busy", tmp_path) == "went on\n"


def test_processes_that_read_pages_look_for_circles_seldom():
    hands = Local(2)
    try:
        assert hands.executor().submit(gc.get_threshold).result()[0] == rest.OBJECTS
    finally:
        hands.close()


def test_an_article_that_was_read_leaves_no_circles_behind():
    body = (ROOT / "seeds" / "003_1fe99a2c5e9f4cf4.txt").read_text("utf-8")
    article = Article(url="https://a.example/1", title="Tin", body=body, published="2023-11-22")
    extract(article, None)  # what is read from files is read now
    gc.collect()
    gc.disable()
    try:
        extract(article, None)
        assert gc.collect() == 0
    finally:
        gc.enable()
