"""Duplicates: pairs found and missed on a corpus with known copies, beside datasketch and rensa on the same articles.

python -m tests.bench.dedup [--families 2000]
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from tests.dedup.corpus import COPIES, Piece, mixed
from tests.store.pages import SONGLAM, THANHMY, opened, page
from worker.dedup.syllables import syllables

Pairs = set[tuple[int, int]]
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def true_pairs(pieces: list[Piece]) -> Pairs:
    """Every two pieces of one family."""
    families = defaultdict(list)
    for number, piece in enumerate(pieces):
        families[piece.family].append(number)
    return {pair for members in families.values() for pair in combinations(members, 2)}


def by_worker(pieces: list[Piece], directory: Path) -> Pairs:
    """The pairs that stand in one group after every piece was filed."""
    numbers = {}
    with opened(directory) as archive:
        for number, piece in enumerate(pieces):
            of = (SONGLAM, THANHMY)[number % 2]
            capture, refined, _ = page(piece.title, piece.body, of=of, url=f"{of.home}{number}.html", hours=number / 60)
            numbers[archive.file(capture, refined, of).article_id] = number
        groups = defaultdict(list)
        for article, group in archive.connection.execute("SELECT id, group_id FROM articles WHERE group_id > 0"):
            groups[group].append(numbers[article])
    return {tuple(sorted(pair)) for members in groups.values() for pair in combinations(members, 2)}  # type: ignore[misc]


def _shingled(piece: Piece) -> list[str]:
    words = syllables(piece.body)
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


def by_datasketch(pieces: list[Piece]) -> Iterable[tuple[float, Pairs]]:
    """The pairs that MinHashLSH and an estimated Jaccard of at least a threshold give, for each threshold."""
    from datasketch import MinHash, MinHashLSH

    hashes = []
    for piece in pieces:
        one = MinHash(num_perm=128)
        one.update_batch([shingle.encode() for shingle in set(_shingled(piece))])
        hashes.append(one)
    for threshold in THRESHOLDS:
        index = MinHashLSH(threshold=threshold, num_perm=128)
        found = set()
        for number, one in enumerate(hashes):
            found |= {(other, number) for other in index.query(one) if hashes[other].jaccard(one) >= threshold}
            index.insert(number, one)
        yield threshold, found


def by_rensa(pieces: list[Piece]) -> Iterable[tuple[float, Pairs]]:
    """Likewise, with rensa's RMinHash and RMinHashLSH."""
    from rensa import RMinHash, RMinHashLSH

    hashes = []
    for piece in pieces:
        one = RMinHash(num_perm=128, seed=42)
        one.update(_shingled(piece))
        hashes.append(one)
    for threshold in THRESHOLDS:
        index = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
        found = set()
        for number, one in enumerate(hashes):
            found |= {(other, number) for other in index.query(one) if hashes[other].jaccard(one) >= threshold}
            index.insert(number, one)
        yield threshold, found


def scores(found: Pairs, true: Pairs) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / max(1, len(true))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def report(name: str, found: Pairs, true: Pairs, pieces: list[Piece], seconds: float) -> None:
    """One line of the table: the whole mix, recall by kind of copy, and how many twins were taken for copies."""
    precision, recall, _ = scores(found, true)
    of_kind: dict[str, Counter[bool]] = defaultdict(Counter)
    for one, other in true:
        for number in (one, other):
            of_kind[pieces[number].kind][(one, other) in found] += 1
    recalls = [of_kind[kind][True] / max(1, of_kind[kind].total()) for kind in COPIES]
    twins = sum("twin" in (pieces[one].kind, pieces[other].kind) for one, other in found - true)
    line = f"{name:<18}{precision:>8.4f}{recall:>8.4f}" + "".join(f"{one:>9.3f}" for one in recalls)
    print(f"{line}{twins:>7}{seconds:>8.0f}s")


def main() -> None:
    """Make the corpus, find the pairs in each way, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=2000)
    families = parser.parse_args().families
    pieces = list(mixed(families))
    random.Random(3).shuffle(pieces)  # noqa: S311  # copies come before their originals as often as after them
    true = true_pairs(pieces)
    kinds = Counter(piece.kind for piece in pieces)
    print(f"{len(pieces)} articles, {len(true)} true pairs;", ", ".join(f"{n} {kind}" for kind, n in kinds.items()))
    header = "".join(f"{kind.split()[-1][:8]:>9}" for kind in COPIES)
    print(f"{'':<18}{'prec.':>8}{'recall':>8}{header}{'twins':>7}{'time':>9}")
    with tempfile.TemporaryDirectory() as directory:
        start = time.perf_counter()
        found = by_worker(pieces, Path(directory))
        report("worker, filing", found, true, pieces, time.perf_counter() - start)
    peers: dict[str, Callable[[list[Piece]], Iterable[tuple[float, Pairs]]]]
    peers = {"datasketch": by_datasketch, "rensa": by_rensa}
    for name, peer in peers.items():
        start = time.perf_counter()
        try:
            tried = list(peer(pieces))
        except ModuleNotFoundError:
            print(f"{name:<18} is not installed (uv sync --group peers)")
            continue
        seconds = time.perf_counter() - start
        threshold, best = max(tried, key=lambda one: scores(one[1], true)[2])
        report(f"{name}, J>={threshold}", best, true, pieces, seconds)


if __name__ == "__main__":
    main()
