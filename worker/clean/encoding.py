"""From bytes to text: which encoding a page is in, and NFC Unicode out of it, whatever it was.

Declarations are believed as far as the bytes bear them out. Beside Unicode and what browsers know, the Vietnamese
encodings of before Unicode are told apart (TCVN3, VNI, VISCII, windows-1258): each is tried, and the one whose words
are Vietnamese syllables is taken, for the document as a whole.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from worker.vietnamese import nfc
from worker.vietnamese.syllables import is_syllable


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and what said so: bom, header, meta, content or default."""

    text: str
    charset: str
    charset_from: str


@dataclass(frozen=True, slots=True)
class Recoded:
    """A page in UTF-8, the encoding it was in, and what said so (see Decoded)."""

    utf8: bytes
    charset: str
    charset_from: str


_HALF = re.compile(
    r"(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a second half without its first
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
)


def without_halves(json: str) -> str:
    """JSON text whose escapes of half a character ("\\ud800" alone), which no file holds, say that one is missing."""
    return _HALF.sub(r"\\ufffd", json) if "\\ud" in json or "\\uD" in json else json


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """The text of a page in NFC; `declared` is the charset of its Content-Type header. Never raises."""
    raw = _decoded(body, declared)
    return Decoded(nfc(raw.text), raw.charset, raw.charset_from)


def recode(body: bytes, declared: str | None = None) -> Recoded:
    """The page in UTF-8, as parsers take it, in the normal form that it came in. Never raises.

    Most pages are in it already: they are looked through part by part, for a whole page of text is slow to write down.
    """
    plain = body.replace(b"\0", b"")
    if not (_wide(body) or plain.startswith(codecs.BOM_UTF8) or plain.isascii()):
        sound = _is_sound(plain)
        if sound or (sound is not None and _repaired(plain.decode("utf-8")) is None):
            return Recoded(plain, "utf-8", _said_by(_claims(plain, declared)))
    raw = _decoded(body, declared)
    return Recoded(raw.text.encode("utf-8", "replace"), raw.charset, raw.charset_from)


_PART = 16_384  # bytes: it stays in the processor's cache


def _is_sound(body: bytes) -> bool | None:
    """Whether it lacks what wrongly converted text cannot do without (_repaired); None where it is not valid."""
    sound = True
    at = 0
    whole = memoryview(body)
    while at < len(body):
        try:
            text, used = codecs.utf_8_decode(whole[at : at + _PART], "strict", at + _PART >= len(body))
        except UnicodeDecodeError:
            return None
        if sound and not text.isascii():
            sound = not any(rare in text for rare, _, _ in _CONVERTED.values())
        at += used
    return sound


def _decoded(body: bytes, declared: str | None) -> Decoded:
    """The text in the normal form that it came in."""
    if wide := _wide(body):
        return Decoded(body.decode(wide[0], "replace").lstrip("\ufeff").replace("\0", ""), *wide)
    body = body.replace(b"\0", b"")
    if body.startswith(codecs.BOM_UTF8):
        return Decoded(body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace"), "utf-8", "bom")
    claims = _claims(body, declared)
    if body.isascii():
        return _ascii(body, claims)
    if (text := _strict(body, "utf-8")) is not None:
        return _repaired(text) or Decoded(text, "utf-8", _said_by(claims))
    return _not_utf8(body, claims)


def _said_by(claims: list[tuple[str, str]]) -> str:
    """What said that a page of UTF-8 is such."""
    return next((source for charset, source in claims if charset == "utf-8"), "content")


_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _wide(body: bytes) -> tuple[str, str] | None:
    """UTF-16 or 32, by its mark or because every other of the first bytes is zero, and what said so."""
    for mark, charset in _WIDE_MARKS:
        if body.startswith(mark):
            return charset, "bom"
    head = body[:400]
    pairs = len(head) // 2
    if pairs < 4 or b"\0" not in head:
        return None
    if head[1::2].count(0) > 0.7 * pairs > 0.7 * head[0::2].count(0):
        return "utf-16-le", "content"
    return ("utf-16-be", "content") if head[0::2].count(0) > 0.7 * pairs > 0.7 * head[1::2].count(0) else None


_META = re.compile(rb"""<[mM](?i:eta[^>]{0,300}?charset)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,40})""")
_META_WITHIN = 4096  # browsers look at the first 1,024 bytes; pages of old portals begin with longer comments

# The encodings that browsers know (WHATWG Encoding Standard), by Python's names. Others that Python offers (idna,
# utf-7, unicode_escape, …) are no encodings of pages, and some of them are dangerous.
_KNOWN = frozenset(
    """
    utf-8 utf-16 utf-16-le utf-16-be ascii iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7
    iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 cp866 cp874 cp1250 cp1251 cp1252
    cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u mac-roman mac-cyrillic tis-620 gb2312 gbk gb18030 big5
    big5hkscs euc_jp iso2022_jp shift_jis cp932 euc_kr cp949
    """.split()  # noqa: SIM905 (fifty quoted names are harder to read)
)
_BROWSERS_MEAN = {  # the standard's superset of an old label
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "cp1252": "windows-1252",
    "cp1258": "windows-1258",
    "iso8859-9": "windows-1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
_WESTERN = frozenset({"windows-1252", "windows-1258", "iso8859-15", "windows-1254"})
"""What servers say by default, and what pages in TCVN3, VNI or VISCII therefore claim to be."""


def _charset(label: str | None) -> str | None:
    """The codec that a declared label means, or None where it means none that pages use."""
    try:
        name = codecs.lookup(label).name if label and label.isascii() else ""
    except (LookupError, ValueError):
        return None
    return _BROWSERS_MEAN.get(name, name) if name in _KNOWN else None


def _claims(body: bytes, declared: str | None) -> list[tuple[str, str]]:
    meta = _META.search(body, 0, _META_WITHIN)
    claims = [(_charset(declared), "header"), (_charset(meta[1].decode("ascii")) if meta else None, "meta")]
    return [(charset, source) for charset, source in claims if charset]


def _ascii(body: bytes, claims: list[tuple[str, str]]) -> Decoded:
    """ASCII reads the same in every claim but the escape-based one of Japanese mail."""
    charset, source = claims[0] if claims else ("utf-8", "default")
    if charset == "iso2022_jp" and b"\x1b" in body:
        return Decoded(body.decode(charset, "replace"), charset, source)
    return Decoded(body.decode("ascii"), "utf-8" if charset.startswith("utf") else charset, source)


_ASCII_BYTES = bytes(range(128))


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _not_utf8(body: bytes, claims: list[tuple[str, str]]) -> Decoded:
    western = all(charset in _WESTERN or charset == "utf-8" for charset, _ in claims)
    said = dict(reversed(claims))
    damaged = body.decode("utf-8", "replace")
    whole = len(body.translate(None, _ASCII_BYTES)) - damaged.count("\ufffd")
    if "utf-8" in said and whole > 4 * damaged.count("\ufffd"):
        return Decoded(damaged, "utf-8", said["utf-8"])  # a torn or mixed page of UTF-8
    if western and (charset := _vietnamese(body)):
        return Decoded(_CODECS[charset](body), charset, said.get(charset, "content"))
    for charset, source in claims:
        if charset == "utf-8":
            continue
        text = body.decode(charset, "replace")
        if text.count("\ufffd") <= 0.02 * len(text):
            return Decoded(text, charset, source)
    if whole > 4 * damaged.count("\ufffd"):
        return Decoded(damaged, "utf-8", "content")
    return Decoded(body.decode("windows-1252", "replace"), "windows-1252", "default")


# --- the Vietnamese encodings of before Unicode -----------------------------------------------------------------------


@cache
def _letters(encoding: str) -> dict[str, str]:
    """What a legacy encoding writes (its bytes as Latin-1 characters) -> the letter, of legacy_letters.csv."""
    lines = files("worker.clean").joinpath("legacy_letters.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {bytes.fromhex(row[encoding]).decode("latin-1"): row["letter"] for row in rows if row[encoding]}


@cache
def _by_code(encoding: str) -> dict[int, str]:
    return {ord(written): letter for written, letter in _letters(encoding).items()}


@cache
def _vni_pairs() -> re.Pattern[str]:
    """The letters that VNI writes as two characters before those that are one (ô is ơ, oâ is ô)."""
    return re.compile("|".join(sorted(_letters("vni"), key=len, reverse=True)))


def _from_tcvn3(text: str) -> str:
    return text.translate(_by_code("tcvn3"))


def _from_vni(text: str) -> str:
    letters = _letters("vni")
    return _vni_pairs().sub(lambda match: letters[match[0]], text)


_CODECS: dict[str, Callable[[bytes], str]] = {
    "tcvn3": lambda body: _from_tcvn3(body.decode("windows-1252", "replace")),
    "vni": lambda body: _from_vni(body.decode("windows-1252", "replace")),
    "viscii": lambda body: body.decode("latin-1").translate(_by_code("viscii")),
    "windows-1258": lambda body: nfc(body.decode("windows-1258", "replace")),
}

_SAMPLE = 20_000  # bytes or characters that are looked at: some thousand words
_TOKEN = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f\xa0\u2010-\u203f\ufffd]+")  # letters, and whatever is not ASCII


def _share(text: str) -> tuple[int, float]:
    """How many of the words with marks are Vietnamese syllables, and their share."""
    words = [word for word in _TOKEN.findall(text) if not word.isascii()]
    legal = sum(map(is_syllable, words))
    return legal, legal / len(words) if words else 0.0


def _best(readings: dict[str, str], plain: str) -> str | None:
    """The reading that is Vietnamese, where one is so by far more than the text as it stands."""
    shares = {name: _share(text) for name, text in readings.items()}
    name = max(shares, key=lambda name: (shares[name][1], shares[name][0]))
    legal, share = shares[name]
    return name if legal >= 4 and share >= 0.7 and share >= _share(plain)[1] + 0.3 else None


def _vietnamese(body: bytes) -> str | None:
    first = next((at for at in range(0, len(body), 4096) if not body[at : at + 4096].isascii()), 0)
    sample = body[first : first + _SAMPLE]
    return _best({name: read(sample) for name, read in _CODECS.items()}, sample.decode("windows-1252", "replace"))


def _repaired(text: str) -> Decoded | None:
    """A page of valid UTF-8 whose letters were already wrong when it was converted, put right.

    Word processors pasted TCVN3 and VNI into web forms byte by byte, and some portals encoded their UTF-8 twice. What
    no such text can do without is looked for first, so that other pages pay next to nothing.
    """
    for name, (_, needed, read) in _CONVERTED.items():
        if all(char in text for char in needed):
            at = text.find(needed[0])
            sample = text[max(0, at - 1000) : at + _SAMPLE]
            if _best({name: read(sample)}, sample):
                return Decoded(read(text), name, "content")
    return None


def _from_twice(text: str) -> str:
    """UTF-8 that was read as windows-1252 and encoded again; the bytes that windows-1252 lacks came as they were."""
    return text.translate(_windows_1252()).encode("latin-1", "ignore").decode("utf-8", "replace")


@cache
def _windows_1252() -> dict[int, int]:
    """What windows-1252 has for the bytes 80 to 9F -> the byte."""
    return {ord(char): code for code in range(0x80, 0xA0) if (char := bytes((code,)).decode("windows-1252", "ignore"))}


_CONVERTED: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "tcvn3": ("µ", "®µ¸", _from_tcvn3),  # đ, à, á
    "vni": ("ï", "ñïöø", _from_vni),  # đ, the tone below, ư, the grave tone
    "utf-8 twice": ("Ã", "Ã»á", _from_twice),  # the first byte of à to ý, the second and the first of ẹ to ỹ
}
"""What was wrong before it was UTF-8: of the characters that a text of it cannot do without the one that is rarest in
other texts, all of these, and its reader."""
