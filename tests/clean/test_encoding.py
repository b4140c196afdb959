"""From bytes to NFC text, whatever encoding a page is in."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.clean.encoding import decode, recode
from worker.vietnamese import nfc

TEXT = "Hội Liên hiệp Phụ nữ tỉnh Bình Phước tổ chức hội nghị"

# Made with glibc's iconv (VNI, which it lacks, by hand from the font's layout), so that our table is not its own judge.
LEGACY = {
    "tcvn3": b"H\xe9i Li\xaan hi\xd6p Ph\xf4 n\xf7 t\xd8nh B\xd7nh Ph\xad\xedc t\xe6 ch\xf8c h\xe9i ngh\xde",
    "viscii": b"H\xb5i Li\xean hi\xaep Ph\xf8 n\xe6 t\xefnh B\xecnh Ph\xdf\xbec t\xb1 ch\xd1c h\xb5i ngh\xb8",
    "windows-1258": (
        b"H\xf4\xf2i Li\xean hi\xea\xf2p Phu\xf2 n\xfd\xde ti\xd2nh Bi\xccnh Ph\xfd\xf5\xecc t\xf4\xd2 ch\xfd\xecc "
        b"h\xf4\xf2i nghi\xf2"
    ),
    "vni": "Hoäi Lieân hieäp Phuï nöõ tænh Bình Phöôùc toå chöùc hoäi nghò".encode("windows-1252"),
}


@pytest.mark.parametrize("charset", LEGACY)
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "utf-8"])
def test_encodings_of_before_unicode_are_known_by_their_syllables(charset, declared):
    decoded = decode(LEGACY[charset], declared)
    assert decoded.text == TEXT
    assert (decoded.charset, decoded.charset_from) == (charset, "content")


def test_windows_1258_is_said_by_the_header_where_the_header_says_it():
    assert decode(LEGACY["windows-1258"], "windows-1258").charset_from == "header"


@pytest.mark.parametrize("charset", ["tcvn3", "vni"])
def test_letters_that_were_wrong_before_they_became_utf8_are_put_right(charset):
    text = {
        "tcvn3": "§¹i héi ®¹i biÓu phô n÷ tØnh ®· bÇu ban chÊp hµnh, c¸c chÞ ®Òu vui mõng",
        "vni": "Ñaïi hoäi ñaïi bieåu phuï nöõ tænh ñaõ baàu ban chaáp haønh, caùc chò ñeàu vui möøng",
    }[charset]
    decoded = decode(text.encode(), "utf-8")
    assert decoded.text == "Đại hội đại biểu phụ nữ tỉnh đã bầu ban chấp hành, các chị đều vui mừng"
    assert (decoded.charset, decoded.charset_from) == (charset, "content")


def test_utf8_that_was_encoded_twice_is_read_once():
    assert decode(TEXT.encode().decode("latin-1").encode()).text == TEXT


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Le prêtre a été très fâché à Noël, où déjà le garçon naïf mangeait", "windows-1252"),
        ("Die Straße über den größten Fluß führt für Müller nach Süden", "windows-1252"),
        ("El niño comió piñas en la montaña mañana, ¿verdad? ®µ", "windows-1252"),
    ],
)
@pytest.mark.parametrize("declared", ["windows-1252", None])
def test_other_tongues_are_not_taken_for_vietnamese(text, charset, declared):
    assert decode(text.encode("windows-1252"), declared).text == text
    assert decode(text.encode(), "utf-8").text == text


@pytest.mark.parametrize(
    ("body", "declared", "charset", "said_by"),
    [
        ("\ufeff" + TEXT, "windows-1252", "utf-8", "bom"),
        (TEXT, "utf-8", "utf-8", "header"),
        (TEXT, "windows-1252", "utf-8", "content"),
        ('<meta charset="utf-8">' + TEXT, "windows-1252", "utf-8", "meta"),
        ("Tin tuc", None, "utf-8", "default"),
        ("Tin tuc", "no-such-charset", "utf-8", "default"),
        ("Tin tuc", "unicode_escape", "utf-8", "default"),
    ],
)
def test_declarations_are_believed_as_far_as_the_bytes_bear_them_out(body, declared, charset, said_by):
    decoded = decode(body.encode(), declared)
    assert decoded.text == body.removeprefix("\ufeff")
    assert (decoded.charset, decoded.charset_from) == (charset, said_by)


@pytest.mark.parametrize(
    ("charset", "label"),
    [("cp932", "Shift_JIS"), ("gb18030", "gb2312"), ("cp949", "euc-kr"), ("cp1251", "windows-1251")],
)
def test_what_browsers_know_is_read_as_browsers_read_it(charset, label):
    text = {"cp932": "日本語の記事", "gb18030": "中文新闻报道", "cp949": "한국어 기사", "cp1251": "Новости дня"}[
        charset
    ]
    assert decode(text.encode(charset), label).text == text
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'.encode() + text.encode(charset)
    assert decode(page).text.endswith(text)
    assert decode(page).charset_from == "meta"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_known_by_their_mark_or_their_zeros(charset):
    assert decode(("<html><body>" + TEXT).encode(charset), "utf-8").text == "<html><body>" + TEXT


def test_a_torn_page_keeps_what_is_whole():
    assert decode(TEXT.encode()[:-1], "utf-8").text.startswith("Hội Liên hiệp Phụ nữ tỉnh Bình Phước")
    assert decode(TEXT.encode() + b"\xff", "utf-8").text.startswith(TEXT)


def test_text_comes_out_composed_and_without_null_characters():
    assert decode(unicodedata.normalize("NFD", TEXT).encode(), "utf-8").text == TEXT
    assert decode(TEXT.encode().replace(b" ", b" \0"), "utf-8").text == TEXT


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "windows-1252", "utf-16", "gb2312", "rot13", "\udcff"]))
def test_any_bytes_become_nfc_text(body, declared):
    decoded = decode(body, declared)
    assert unicodedata.is_normalized("NFC", decoded.text)
    assert "\0" not in decoded.text
    assert decoded.charset_from in ("bom", "header", "meta", "content", "default")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff"), max_size=300))
def test_text_in_utf8_survives(text):
    decoded = decode(text.encode(), "utf-8")
    if decoded.charset == "utf-8":
        assert decoded.text == unicodedata.normalize("NFC", text)


DECLARED = st.sampled_from([None, "utf-8", "windows-1252", "utf-16", "gb2312", "rot13"])


def assert_recoded_as_decoded(body, declared=None):
    recoded, decoded = recode(body, declared), decode(body, declared)
    assert nfc(recoded.utf8.decode()) == decoded.text
    assert (recoded.charset, recoded.charset_from) == (decoded.charset, decoded.charset_from)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("utf-8", "ignore"))), DECLARED
)
def test_a_page_is_recoded_as_it_is_decoded(body, declared):
    assert_recoded_as_decoded(body, declared)


@pytest.mark.parametrize("charset", LEGACY)
def test_encodings_of_before_unicode_are_recoded_too(charset):
    assert_recoded_as_decoded(LEGACY[charset])
    assert_recoded_as_decoded(LEGACY[charset].decode("windows-1252", "ignore").encode())  # converted byte by byte


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("last", [b"", b"\xe1\xbb", b"\xff", " niño ®".encode()])
def test_a_long_page_is_recoded_part_by_part_whatever_stands_at_their_borders(shift, last):
    assert_recoded_as_decoded(b"x" * shift + (TEXT + " 今日 😀. ").encode() * 1_000 + last)
