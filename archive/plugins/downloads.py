"""The CSV of Datasette's own pages, written as that of the site: numbers, texts and the byte order mark that
spreadsheets read rightly, and no cell that one would run.
"""

from __future__ import annotations

from types import SimpleNamespace

import datasette.views.base

from worker.browse.spreadsheet import Writer

# Datasette offers no hook between a row and its CSV; of the module it uses nothing but the writer.
datasette.views.base.csv = SimpleNamespace(writer=Writer)
