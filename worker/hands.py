"""Who does the work of a rebuild: what `--executor` names."""

from __future__ import annotations

import os

from worker.executors import Hands, Local


def hands(executor: str) -> Hands:
    """Who is meant by `local`, `local:N` or a scheduler's address. Raises ValueError with a sentence."""
    name, colon, number = executor.partition(":")
    if executor.startswith(("tcp://", "tls://")):
        from worker.cluster import Cluster

        return Cluster(executor)
    if name != "local" or (colon and not (number.isascii() and number.isdigit() and 1 <= int(number) <= 1024)):
        raise ValueError(
            f"{executor!r} is no executor; write local, local:N for N processes of this machine,"
            " or tcp://host:8786 for the Dask scheduler there"
        )
    processes = int(number) if colon else len(os.sched_getaffinity(0))
    return Local(processes, apart=processes == 1)  # a page that ends its reader must not end who writes, too
