"""The arrows in the rows of a question: where each leads, in words, for who does not see the row around it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from worker.browse.language import Language
from worker.browse.marks import plain

_LEADS = (
    # (address within the site, where the words for what it leads to stand in the language files)
    (re.compile(r"/news/article/\d{1,18}#f\d+"), "data.in_article"),
    (re.compile(r"/news/article/\d{1,18}(?:#\w+)?"), "data.read"),
    (re.compile(r"/news/facts\?[\w=&]+"), "data.these_facts"),
    (re.compile(r"/named/\d{1,18}"), "data.mentions"),
)
_SAID_BY = {
    "page": ("title", "name", "number_of_document", "text", "first_figure", "province", "year"),
    "second_page": ("second_figure", "province", "year"),
}
"""Columns with arrows -> the columns that say of what; a question has some of them."""

_LONGEST = 60


def name_of(row: Mapping[str, object], column: str, language: Language) -> str | None:
    """The name of the arrow in this column of a row; None where there is no page of the site.

    >>> from worker.browse import site
    >>> from worker.browse.language import languages
    >>> name_of({"province": "Hưng Yên", "year": 2022, "page": "/named/7"}, "page", languages(site())["vi"])
    'Đọc từng chỗ được nhắc: Hưng Yên, 2022'
    """
    address = row.get(column)
    if column not in _SAID_BY or not isinstance(address, str):
        return None
    leads = next((words for pattern, words in _LEADS if pattern.fullmatch(address)), None)
    if leads is None:
        return None
    of = ", ".join(_cut(plain(str(row[said]))) for said in _SAID_BY[column] if row.get(said))
    return f"{language(leads)}: {of}" if of else language(leads)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
