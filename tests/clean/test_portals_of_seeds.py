"""The five saved pages in the HTML of their own systems: the same articles come out as from the saved text."""

from __future__ import annotations

import pytest
import yaml

from tests.web import serve
from tests.web.reading import NOW, capture, page
from tests.web.seeds import FOLDER, SEEDS, seed_page, seed_portal, seed_story, seed_text
from worker.models import Article, Capture
from worker.refine import refine

SAME = ("title", "body", "captions", "published", "published_precision", "byline", "authors", "origin")
URLS = {entry["file"][:3]: entry["url"] for entry in yaml.safe_load((FOLDER / "index.yaml").read_text("utf-8"))}


def saved(seed: str) -> Article:
    headers = (("Content-Type", "text/plain; charset=utf-8"),)
    text = Capture(url=URLS[seed], fetched_at=NOW, status=200, body=seed_text(seed).encode(), headers=headers)
    article = refine(text, None, facts=False).article
    assert article is not None
    return article


def parts(article: Article) -> dict[str, object]:
    return {field: getattr(article, field) for field in SAME}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_in_the_html_of_its_system_is_the_same_article_as_its_saved_text(seed):
    portal = seed_portal(seed)
    with serve(portal):
        article = refine(capture(portal.url_of(seed_story(seed))), portal.source(), facts=False).article
    assert article is not None
    assert parts(article) == parts(saved(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_article_is_what_a_person_finds_on_the_page(seed):
    """The lines were told apart by hand, in tests/web/seeds.py."""
    article = refine(page(URLS[seed], seed_page(seed)), None, facts=False).article
    story = seed_portal(seed).told(seed_story(seed))
    assert article is not None
    assert words(article.title) == words(story.title)
    assert words(article.body) == words(story.body)
    assert words(article.captions) == words(story.captions)
    assert (article.published, article.byline, article.authors) == (story.date, story.byline, story.authors)
    assert article.origin == story.origin


def test_the_views_that_a_page_counts_are_read_apart_from_the_date():
    for seed, views in (("001", 2), ("002", 71)):
        article = refine(page(URLS[seed], seed_page(seed)), None, facts=False).article
        assert article is not None
        assert article.views == views


def test_of_an_article_that_stands_twice_on_its_page_the_fuller_copy_is_kept_whatever_the_markup_is_called():
    article = refine(page(URLS["000"], seed_page("000", plain=True)), None, facts=False).article
    assert article is not None
    assert parts(article) == parts(saved("000"))


def words(text: str) -> list[list[str]]:
    """The lines as words: white space, also the hard kind that indents the seeds' paragraphs, is not the point here."""
    return [line.split() for line in text.split("\n")]
