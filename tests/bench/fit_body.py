"""Fit the weights of the article model (worker/clean/weights.csv), and say how well it does on hosts it never saw.

python -m tests.bench.fit_body [SHARED] [--write]

SHARED (default ../shared) holds the page sets and their scorer, which are no part of the project. The model is a
logistic regression over the features of worker/clean/features.py. It is fitted in folds that share no host: each page
is cleaned whole, from bytes to body, with weights that were fitted to the pages of other hosts, and those bodies are
scored. The table has that for several strengths of the prior and thresholds, and then the project's own weights, which
have seen all pages. With --write the weights are fitted to all pages anew. Numpy and scipy are in the group `peers`.
"""

import re
import sys
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import numpy as np
from scipy import optimize, sparse

from tests.bench import pages as bench
from worker.clean import body, clean
from worker.clean.features import Reader
from worker.models import Capture, Memory

WEIGHTS = Path(body.__file__).with_name("weights.csv")
FOLDS = 6
STRENGTHS = (0.1, 0.3, 1.0)  # variance of the prior: the smaller, the closer to it the weights stay
THRESHOLDS = (-0.4, -0.2, 0.0)
CHOSEN = 0.3
RAREST = 15  # pieces; a feature of fewer is left out, unless something is known of it

PRIOR = {
    "bold between prose": 2.0,
    "above before": -3.0,
    "address alone": -1.5,
    "below link in box": -2.5,
    "below linked heading": -3.5,
    "in letter": -1.5,
    "kind h2 linked2": -2.0,
    "kind h3 linked2": -2.0,
    "kind h4 linked2": -2.0,
    "kind li linked1": -1.0,
    "linked headline": -1.0,
    "linked headline upper": -1.0,
    "opened by colon": 0.5,
    "phrase comments": -1.0,
    "phrase footer": -1.5,
    "phrase related news": -1.0,
    "says begins-also short": -2.0,
    "standfirst": 1.0,
    "standfirst bold": 1.0,
    "standfirst lead": 1.0,
    "table1 linked0 in": 0.5,
    "table2 linked0 in": 1.0,
    "table3 linked0 in": 2.0,
}
"""What is known before any page is seen, of features that the pages have too seldom to teach: a bold line between two
paragraphs is a heading, a heading that is a link is another article's, a table of several rows is data. Nothing of an
article stands above its headline, and the first line below may open it; "Read more", a line that is nothing but a link,
what comments, footers and lists of related news say, and a bare address are of no article."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Examples:
    """The pieces of one page that may be of its article: their features, whether they are, and what each weighs."""

    page: bench.Gold
    features: list[list[str]]
    inside: list[bool]
    weights: list[float]

    @property
    def host(self) -> str:
        return urlsplit(self.page.url).hostname or ""


def capture_of(page: bench.Gold) -> Capture:
    """The page as it was fetched."""
    header = (("content-type", "text/html"),)
    return Capture(url=page.url, fetched_at=datetime.now(UTC), status=200, body=page.body, headers=header)


def examples(page: bench.Gold, gold: str) -> Examples:
    """What cleaning asks the model about a page, with the answers that the gold body gives."""
    asked: list[tuple[str, list[str]]] = []
    choose = body.choose

    def watched(read, told, known=None, standings=()):
        choice = choose(read, told, known, standings)
        reader = Reader(read, choice.container, told)
        asked.extend(
            (read.pieces[index].text, [*chain.from_iterable(reader.read(index)), *reader.said(index)])
            for index in choice.span
        )
        return choice

    with patch.object(body, "choose", watched):
        clean(capture_of(page), None, Memory())
    texts = [_WORD.findall(text) for text, _ in asked]
    words = _WORD.findall(gold)
    # A page counts about the same however long it is, and a piece by its words, but no piece for more than three.
    weights = [min(3.0, 20 * (len(text) + 1) / max(50, len(words))) for text in texts]
    return Examples(page, [features for _, features in asked], inside(texts, words), weights)


def inside(texts: list[list[str]], gold: list[str]) -> list[bool]:
    """Which pieces stand in the gold body, all of them as words.

    A long one does if half of its runs of four words do; a short one, which may stand anywhere, if its words come
    between those of the long ones before and after it.
    """
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(gold) - 3):
        runs[tuple(gold[at : at + 4])].append(at)
    spans: dict[int, tuple[int, int]] = {}
    for index, text in enumerate(texts):
        own = [tuple(text[at : at + 4]) for at in range(len(text) - 3)] if len(text) >= 8 else []
        hits = [run for run in own if run in runs]
        if own and 2 * len(hits) > len(own):
            spans[index] = runs[hits[0]][0], runs[hits[-1]][-1] + 4
    long = sorted(spans)
    found = []
    for index, text in enumerate(texts):
        at = bisect(long, index)
        first = spans[long[at - 1]][1] - 2 if at else 0
        last = spans[long[at]][0] + 2 if at < len(long) else len(gold)
        places = range(first, last - len(text) + 1)
        short = 0 < len(text) < 8 and long and len(places) < 300
        found.append(index in spans or bool(short and any(gold[p : p + len(text)] == text for p in places)))
    return found


def fit(pages: list[Examples], strength: float) -> dict[str, float]:
    """The weights that make the answers of these pages likeliest, and stay near the prior."""
    asked = [set(features) for page in pages for features in page.features]
    counts = Counter(name for features in asked for name in features)
    columns = {
        name: at for at, name in enumerate(sorted({*PRIOR, *(n for n, count in counts.items() if count >= RAREST)}))
    }
    rows = [[columns[name] for name in features if name in columns] for features in asked]
    starts = np.cumsum([0, *map(len, rows)])
    there = np.fromiter((column for row in rows for column in row), dtype=np.int32)
    matrix = sparse.csr_matrix((np.ones(len(there)), there, starts), shape=(len(rows), len(columns)))
    answers = np.array([answer for page in pages for answer in page.inside], dtype=float)
    weights = np.array([weight for page in pages for weight in page.weights])
    prior = np.array([PRIOR.get(name, 0.0) for name in columns])

    def loss(guess):
        sums = matrix @ guess
        wrong = np.logaddexp(0, -sums) * answers + np.logaddexp(0, sums) * (1 - answers)
        slope = matrix.T @ (weights * (1 / (1 + np.exp(-sums)) - answers)) + (guess - prior) / strength
        return (weights * wrong).sum() + ((guess - prior) ** 2).sum() / (2 * strength), slope

    found = optimize.minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: float(found[at]) for name, at in columns.items() if abs(found[at]) >= 0.01}


def bodies(pages: list[Examples], weights: dict[str, float], threshold: float) -> list[dict[str, str | None]]:
    """What cleaning makes of the pages with these weights."""
    model = body.Sums(weights)
    with patch.object(body, "sums", lambda: model), patch.object(body, "THRESHOLD", threshold):
        articles = [clean(capture_of(page.page), None, Memory()).article for page in pages]
    return [
        {"key": page.page.key, "body": article.body if article else ""}
        for page, article in zip(pages, articles, strict=True)
    ]


def folds(pages: list[Examples]) -> list[tuple[list[Examples], list[Examples]]]:
    """The pages to fit to and those to try on, FOLDS times; no host is in both."""
    hosts = sorted({page.host for page in pages}, key=lambda host: host[::-1])
    part = {host: at % FOLDS for at, host in enumerate(hosts)}
    return [
        ([page for page in pages if part[page.host] != fold], [page for page in pages if part[page.host] == fold])
        for fold in range(FOLDS)
    ]


def report(shared: Path, pages: list[Examples]) -> None:
    """Print the table."""
    scorer = shared / "tools" / "score_pages.py"

    def scores(rows: list[dict[str, str | None]]) -> str:
        found = [bench.score(scorer, shared / name, rows).split("body ")[1].split("title")[0] for name in bench.SETS]
        return "".join(f"{text:<40}" for text in found)

    print(f"{'strength':>8} {'threshold':>9}  {bench.SETS[0]:<40}{bench.SETS[1]}")
    for strength in STRENGTHS:
        fitted = [(fit(known, strength), unseen) for known, unseen in folds(pages)]
        for threshold in THRESHOLDS:
            rows = [row for weights, unseen in fitted for row in bodies(unseen, weights, threshold)]
            print(f"{strength:>8} {threshold:>9}  {scores(rows)}", flush=True)
    print(f"{'seen all':>8} {body.THRESHOLD:>9}  {scores(bodies(pages, body.weights(), body.THRESHOLD))}")


def main() -> int:
    """Read the pages, print the table, and write the weights if that was asked for."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    shared = Path(arguments[0]) if arguments else bench.ROOT.parent / "shared"
    if not all((shared / name / "pages.jsonl").exists() for name in bench.SETS):
        print(f"skipped: the page sets are not in {shared}")
        return 0
    pages = [examples(page, gold) for name in bench.SETS for page, gold in bench.read_with_gold(shared / name)]
    answers = [answer for page in pages for answer in page.inside]
    hosts = {page.host for page in pages}
    print(f"{len(pages)} pages of {len(hosts)} hosts; {sum(answers)} of {len(answers)} pieces are of their articles")
    if "--write" in sys.argv:
        weights = fit(pages, CHOSEN)
        said = f"fitted by tests/bench/fit_body.py to {len(pages)} pages whose articles were marked by hand"
        lines = [f"# feature,weight: {said}", *(f"{name},{weight:.3f}" for name, weight in sorted(weights.items()))]
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
        body.weights.cache_clear()
        body.sums.cache_clear()
    report(shared, pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
