"""Facts: KB/s by module and together, and that time grows with the length of the text and no faster.

python -m tests.bench.facts [--big 5]

The text is the project's own: the seeds and the sentences of tests/facts, on one core, in CPU time, the best of a few
rounds. Where underthesea is installed its named entities are timed on the same text in the same run. Then what is found
is held against the annotated truth of the seeds and of the project's own articles (so does `tests.bench.seeds`).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from tests.bench import seeds
from worker import facts
from worker.facts import scope
from worker.facts.span import parts_of
from worker.facts.words import words_of
from worker.models import PARTS, Article
from worker.rest import collect_seldom

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = {
    "report without a full stop": "các cấp Hội đã tặng 12 suất quà cho hội viên và giúp 5 hộ vay 20 triệu đồng ",
    "numbers of 400 digits": "1" * 400 + " tỷ đồng ",
    "days without an end": "ngày 1, 2, 3, ",
    "ranges without an end": "1-2-3 - ",
    "open quotes and brackets": '"a “b (12 hộ ',
    "punctuation": ".,;:!?()“”-–/%",
}


def articles() -> list[Article]:
    """The seeds, whole, and as many reports made of the sentences."""
    seeds = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    sentences = [row["text"] for row in yaml.safe_load((ROOT / "tests/facts/sentences.yaml").read_text("utf-8"))]
    shuffled = random.Random(4)  # noqa: S311 - the same text at every run, not a secret
    reports = ["\n".join(shuffled.sample(sentences, 60)) for _ in range(5)]
    return [_article(text) for text in [*seeds, *reports]]


def _article(body: str) -> Article:
    return Article(
        url="https://a.example/1", title="Hội LHPN tỉnh tổng kết năm 2022", body=body, published="2023-01-10"
    )


def size(of: list[Article]) -> float:
    """Kilobytes of UTF-8."""
    return sum(len(article.part(part).encode()) for article in of for part in PARTS) / 1000


ROUNDS = 25
"""Of the whole extraction, some three seconds: what else runs on a machine slows a second of it as a whole."""


def best(work: Callable[[], Any], rounds: int = 5) -> float:
    """Seconds of CPU time of the quickest round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def by_module(of: list[Article], rounds: int = 5) -> dict[str, float]:
    """Module -> seconds, in the order in which they run."""
    found: dict[str, float] = {}
    for _ in range(rounds):
        spent: dict[str, float] = {}
        for article in of:
            page = facts._page(article, None)
            contexts = _timed(spent, "text: keys, numerals", lambda of=page: parts_of(of))
            for context in contexts:
                _timed(spent, "text: keys, numerals", lambda here=context: here.numerals)
                _timed(spent, "text: words, phrases", lambda here=context: list(words_of(here).all("province")))
            for context in contexts:
                for module in facts.MODULES:
                    name = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
                    spans = _timed(spent, name, lambda here=context, of=module: list(of.find(here.text, here)))
                    context.extend(spans)
            _timed(spent, "scope, indicators", lambda all_of=contexts: scope.fill(all_of))
        for name, seconds in spent.items():
            found[name] = min(seconds, found.get(name, seconds))
    return found


def _timed(spent: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    start = time.process_time()
    result = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - start
    return result


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--big", type=float, default=5, help="megabytes of the largest hostile text")
    told = parser.parse_args()
    collect_seldom()  # as the program's processes do
    of = articles()
    kilobytes = size(of)
    for article in of:
        facts.extract(article, None)  # what is read from files is read now
    print(f"{len(of)} articles, {kilobytes:.0f} KB\n{'module':26} {'ms':>8} {'KB/s':>9}")
    for name, seconds in by_module(of).items():
        print(f"{name:26} {1000 * seconds:8.1f} {kilobytes / seconds:9.0f}")
    seconds = best(lambda: [facts.extract(article, None) for article in of], ROUNDS)
    print(f"{'worker, all kinds':26} {1000 * seconds:8.1f} {kilobytes / seconds:9.0f}")
    _peer(of, kilobytes)
    _growth(told.big)
    print(f"\nagainst annotated truth\n{seeds.tables()}")


def _peer(of: list[Article], kilobytes: float) -> None:
    if find_spec("underthesea") is None:
        print(f"{'underthesea, NER':26} {'not installed':>18}")
        return
    ner = import_module("underthesea").ner
    ner(of[0].body[:200])
    part = of[:2]
    seconds = best(lambda: [ner(line) for article in part for line in article.body.splitlines() if line], rounds=1)
    print(f"{'underthesea, NER':26} {1000 * seconds:8.1f} {size(part) / seconds:9.0f}")


def _growth(largest: float) -> None:
    """Seconds at a tenth of the size and at the whole: ten times the text, ten times the time at most.

    Of a part no more than `READ` characters are read, so the largest text may take less than that.
    """
    print(f"\n{'hostile text':28} {'MB':>5} {'s at 1/10':>10} {'s':>8} {'times':>6}")
    for name, piece in HOSTILE.items():
        times = []
        for megabytes in (largest / 10, largest):
            count = int(megabytes * 1e6 / len(piece.encode())) + 1
            article = _article(piece * count)
            times.append(best(lambda long=article: facts.extract(long, None), rounds=1))
        print(f"{name:28} {largest:5.1f} {times[0]:10.2f} {times[1]:8.2f} {times[1] / max(times[0], 1e-3):6.1f}")


if __name__ == "__main__":
    main()
