"""What stands at the address of an archived article and is no article, though it looks like one by itself."""

from __future__ import annotations

from dataclasses import replace

from worker.models import PageKind, Refined
from worker.vietnamese.language import is_vietnamese

_SHORT = 120  # words; a longer text that is Vietnamese says itself what it is
_IN_COMMON = 0.5  # of its different words, from which on a text has something of another


def in_place_of(before: tuple[str, str] | None, refined: Refined) -> Refined:
    """A page that was read, as what it is where there was an article with the title and body `before`.

    Where an article in Vietnamese was and no word of it is any more, a site was taken over (a casino in Indonesian,
    medicines), or its server speaks for itself ("Welcome to nginx!"). So does a short text under another title that has
    little in common with the article: a domain that ran out, a site that moved. Both are looked at again like any
    notice, and change nothing.
    """
    article = refined.article
    if before is None or article is None:
        return refined
    words = f"{article.title} {article.body}".split()
    short = len(words) < _SHORT
    foreign = is_vietnamese(" ".join(before)) and not is_vietnamese(" ".join(words))
    if not foreign and not (short and article.title != before[0] and _is_another(words, " ".join(before).split())):
        return refined
    return replace(refined, kind=PageKind.MAINTENANCE if short else PageKind.SPAM, article=None, facts=())


def _is_another(words: list[str], before: list[str]) -> bool:
    new, old = ({word.casefold() for word in text} for text in (words, before))
    return 2 * len(words) < len(before) and len(new & old) < _IN_COMMON * len(new)
