"""Tables on a terminal and elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import click


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[str] = ()) -> None:
    """Print rows below their head, the columns of `right` at their right edge.

    Nothing is clipped or broken, however narrow the terminal: an id that is cut off can be neither copied nor sought.
    Cells may be styled (click.style).
    """
    lines = [[click.style(name, bold=True) for name in head], *rows]
    widths = [max(len(click.unstyle(line[at])) for line in lines) for at in range(len(head))]
    for line in lines:
        cells = []
        for name, cell, width in zip(head, line, widths, strict=True):
            room = " " * (width - len(click.unstyle(cell)))
            cells.append(room + cell if name in right else cell + room)
        click.echo("  ".join(cells).rstrip())
