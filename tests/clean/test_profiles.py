"""Which profile fits a page: the source's own settings, its named family, or what the markup gives away."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from worker.clean import profile
from worker.config import Clean, ConfigError, Source

MARKS = {
    "nukeviet": '<div id="news-bodyhtml" class="bodytext">…</div>',
    "liferay": '<div class="asset-full-content"><h4>…</h4></div>',
    "sharepoint": '<div id="divArticleDescription2">…</div>',
    "vhv": '<article class="news-detail-layout-type-2">…</article>',
    "vccorp": '<h2 class="detail-sapo" data-role="sapo">…</h2>',
    "onecms": '<div class="article__body zce-content-body cms-body">…</div>',
    "wordpress": '</div><body class="post-template single single-post"><div class="entry-content">…</div>',
}
STRANGER = LexborHTMLParser("<main><h1>Tin</h1><div class='content'><p>Chữ</p></div></main>")


def page(family: str) -> LexborHTMLParser:
    return LexborHTMLParser(MARKS[family])


def source(**settings: object) -> Source:
    return Source.model_validate(
        {"id": "hoi", "name": "Hội", "home": "https://hoi.invalid/", "kind": "union", **settings}
    )


def test_every_family_that_the_program_knows_has_a_mark_here():
    assert set(profile.families()) == set(MARKS)


@pytest.mark.parametrize("family", MARKS)
def test_a_family_is_recognised_by_its_markup(family):
    found = profile.fitting(page(family), None)
    assert found is not None
    assert found.name == family


def test_a_page_of_no_family_has_no_profile():
    assert profile.fitting(STRANGER, None) is None
    assert profile.fitting(STRANGER, source()) is None


def test_a_listing_of_wordpress_is_not_taken_for_a_post():
    listing = LexborHTMLParser("<body class='archive category'><article><div class='entry-content'>…</div></article>")
    assert profile.fitting(listing, None) is None


def test_the_family_that_a_source_names_goes_before_the_one_that_the_page_shows():
    found = profile.fitting(page("vhv"), source(profile="liferay"))
    assert found is profile.families()["liferay"]


def test_what_a_source_says_of_itself_is_tried_before_what_its_family_says():
    own = Clean(body="#noidung", title="h2.tieude", drop=(".quangcao",), drop_lines=("Đọc thêm:.*",))
    found = profile.fitting(STRANGER, source(profile="nukeviet", clean=own))
    family = profile.families()["nukeviet"]
    assert found is not None
    assert found.name == "nukeviet"
    assert found.body == ("#noidung", *family.body)
    assert found.title == ("h2.tieude", *family.title)
    assert found.date == family.date
    assert found.drop == (".quangcao", *family.drop)
    assert found.drop_lines[0].fullmatch("Đọc thêm: Hội thi nấu ăn")
    assert found.drop_lines[1:] == family.drop_lines


def test_what_a_source_says_of_itself_goes_before_the_detected_family_too():
    found = profile.fitting(page("onecms"), source(clean=Clean(date="span.ngay")))
    assert found is not None
    assert found.name == "onecms"
    assert found.date[0] == "span.ngay"
    assert found.body == profile.families()["onecms"].body


def test_settings_of_a_source_without_a_family_are_a_profile_of_their_own():
    found = profile.fitting(STRANGER, source(clean=Clean(body="div.content")))
    assert found == profile.Profile(name="hoi", body=("div.content",))


def test_a_source_that_says_nothing_of_its_pages_has_no_profile_before_one_is_seen():
    assert profile.of_source(source()) is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name: own\nabout: x\nbodies: []\n", "field bodies: this key is unknown; known are .*body"),
        ("name: own\n", "field about: it is missing"),
        ("name: own\nabout: x\nbody: div\n", "field body: 'div' is not right; write a list"),
        ("name: own\nabout: x\nbody: ['div[']\n", "field body.0: .* is no CSS selector"),
        ("name: own\nabout: x\ndrop_lines: ['(']\n", "field drop_lines: .* is no regular expression"),
        ("name: other\nabout: x\n", "field name: 'other' is not right; write the file's own name"),
        ("- a\n", "the file needs keys, such as name: own"),
        ("a: [\n", "this is not YAML"),
        ("", "the file needs keys"),
    ],
)
def test_a_mistake_in_a_profile_file_names_the_file_and_the_field(text, complaint):
    with pytest.raises(ConfigError, match=rf"^profiles/own\.yaml(: |, ){complaint}"):
        profile.read("own.yaml", text)


@pytest.mark.parametrize(
    "mark", [MARKS["nukeviet"], "<div id=news-bodyhtml itemprop=articleBody>…</div>", "<h1 id=news-bodyhtml>Tin</h1>"]
)
def test_a_mark_may_itself_state_something(mark):
    tree = LexborHTMLParser(f"<h1>Tin</h1><time>12/5/2024</time><p itemprop=author>Thu Hà</p>{mark}")
    assert profile.detect(tree).name == "nukeviet"
