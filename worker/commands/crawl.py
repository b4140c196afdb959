"""Not built yet."""

import click


@click.command()
def crawl() -> None:
    """Crawl once."""
