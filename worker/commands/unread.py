"""What could not be read, told below what was done: some sentences, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

import click


def print_unread(said: str, count: int, sentences: Sequence[str]) -> None:
    """Print `said` where anything could not be read, and the sentences; they may be fewer than `count`."""
    if count:
        click.echo(said)
    for sentence in sentences:
        click.echo(f"  {sentence}")
    if count > len(sentences):
        click.echo(f"  and {count - len(sentences)} more")
