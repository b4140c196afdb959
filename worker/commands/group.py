"""A command that has commands of its own."""

from __future__ import annotations

import click

_WHOLE = 1_000


class Group(click.Group):
    """Lists its commands with the whole first sentence of each; click's own cuts it off at the edge of the terminal."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list into the help."""
        rows = [(name, self.commands[name].get_short_help_str(_WHOLE)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
