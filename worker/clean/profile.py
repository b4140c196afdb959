"""What is known of a page's markup: the CMS families of profiles/*.yaml and a source's own `clean:` settings."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """CSS selectors by what they find; of each tuple the first that matches counts, of `drop` and `caption` all do."""

    name: str
    detect: tuple[str, ...] = ()  # any one of them present: the page is of this family
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    drop_lines: tuple[re.Pattern[str], ...] = ()
