"""Who wrote it: names in bylines, in the case that names have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from worker.clean import lexicon
from worker.values import provinces


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as written, without its label, and the names in it."""

    text: str
    authors: tuple[str, ...] = ()


def read_names(text: str, *, labelled: bool) -> Byline | None:
    """The byline that a text is: one to six names, and an office in brackets after them.

    After a label ("Tác giả:") anything short is a byline; without one every part must look like a Vietnamese name, but
    the last may name where the author works ("Thái Dương – Phòng VH-XH xã"), and a pen name may be that of a province
    beside another name ("Hà Giang - Lan Phương"). A name may have a label or a rank of its own ("Thu Hà - Ảnh: Minh
    An", "Thượng úy Lê Lan"). A row that ends with a semicolon is one of a list.

    >>> read_names("Nguyễn Hồng – Xuân Điệu (Trung tâm Văn hóa)", labelled=False).authors
    ('Nguyễn Hồng', 'Xuân Điệu')
    """
    listed = text.endswith(";") and not labelled
    text = _HOUR.sub("", text) if labelled else text
    text = text.strip(" .,;:|-–")
    if listed or not 2 <= len(text) <= 140:
        return None
    if not labelled and not text.lstrip(_NO_LETTERS)[:1].isupper():  # as names do begin, and most lines of a page too
        return None
    parts = (_unlabelled(part.strip(" .,*")) for part in _SEPARATORS.split(_OFFICE.sub("", text)))
    names = [name for part in parts if part for name in _apart(part)]
    if not 1 <= len(names) <= 6:
        return None
    if not labelled:
        if len(names) > 1 and _is_workplace(names[-1]):
            names.pop()
        told = [name for name in names if _is_name(name)]
        if not told or any(name not in told and name not in _not_people() for name in names):
            return None
    beside = len(names) > 1 and not labelled
    offices = lexicon.entries("byline", "offices")
    authors = (
        in_name_case(name)
        for name in names
        if name not in offices
        and (_is_name(name) or (beside and name in _not_people()) or (labelled and is_initials(name)))
    )
    return Byline(text, tuple(dict.fromkeys(authors)))


def read_signature(text: str) -> Byline | None:
    """The byline that the last line of an article is, where it stands as signatures do.

    Beside what `read_names` takes these are initials and one name ("T.H", "(H.Y - T.L)", "Thủy"), an office that signs
    ("Ban Tuyên giáo"), and a name with its office or what its bearer did ("Lê Hoa - Chủ tịch Hội", "T.H (tổng hợp)").

    >>> read_signature("(H.Y - T.L)").authors
    ('H.Y', 'T.L')
    """
    text = text.strip(" .,;:|/*-–")
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    if found := read_names(text, labelled=False):
        return found
    if len(text) > _WORKPLACE or any(map(str.isdigit, text)):
        return None
    names: list[str] = []
    parts = [part for part in _SEPARATORS.split(_OFFICE.sub("", text)) if part]
    while len(names) < len(parts) and _signs(parts[len(names)]):
        names.append(parts[len(names)])
    if names and (len(names) == len(parts) or _is_post(parts[len(names)])):
        return Byline(text, tuple(map(in_name_case, names)))
    return Byline(text) if _is_workplace(text) or _CAPITALS.fullmatch(text) else None


def _signs(text: str) -> bool:
    """Whether a text is a name, a pen name of initials, or one given name."""
    given = text.istitle() and lexicon.key(text) in lexicon.words("byline", "given")
    return given or is_initials(text) or _is_name(text)


def is_initials(text: str) -> bool:
    """Whether a text is a pen name of initials: "T.H", "Th.Hà", "TH.HOA"; a city or a degree ("TP.Vinh") is none."""
    return bool(_INITIALS.fullmatch(text)) and text.split(".", maxsplit=1)[0].upper() not in _ABBREVIATED


_INITIALS = re.compile(r"(?:[^\W\d_a-z][hrg]?\.|(?:TH|NG|TR|PH|KH)\.)+ ?[^\W\d_a-z][^\W\d_]{0,6}\.?")
_ABBREVIATED = frozenset(("TP", "TX", "TT"))
_CAPITALS = re.compile(r"[BCDĐGHKLMNPQRSTVX]{2,4}")
"""Initials without dots, or an office's mark."""


def _is_post(text: str) -> bool:
    """Whether what stands behind a name says where its bearer works, or as what."""
    return _is_workplace(text) or lexicon.key(text).startswith(tuple(lexicon.words("byline", "posts")))


def in_name_case(name: str) -> str:
    """KHÁNH LIÊN as Khánh Liên; a name that is not all capitals as it is, and a pen name of initials too."""
    if not name.isupper() or "." in name or " " not in name:
        return name
    return " ".join(word[:1] + word[1:].lower() for word in name.split())


def _apart(text: str) -> list[str]:
    """The names that a hyphen without blanks parts: "PHƯƠNG LINH-CHU HẰNG", and not "Anne-Marie Nguyễn"."""
    names = text.split("-")
    return names if all(" " in name and _is_name(name) for name in names) else [text]


_NO_LETTERS = " .,;:|*&/+-–—"
_SEPARATORS = re.compile(r"\s*[,;&/+–]\s*|\s+(?:[-—]\s*|(?:và|and)\s+)|[-—]\s+")
_HOUR = re.compile(r"\s+(?:vào )?(?:lúc|at) \d.*")  # "Người đăng: Mai Lan vào lúc 08:30", as Blogger has it
_WORKPLACE = 60  # characters
_INITIALLED = re.compile(r"(?:[^\W\d_a-z]\.|Th\.|Ng\.|Tr\.|Ph\.|Kh\.) ?[^\W\d_a-z][^\W\d_A-Z]{1,6}")
_OFFICE = re.compile(r"\s*\([^()]{1,100}\)?\s*$")


def _unlabelled(text: str) -> str:
    """A name without the label and the rank before it: "Ảnh: Minh An", "Thượng úy Lê Lan"."""
    match = _before_names().match(lexicon.key(text))  # keys of NFC text keep its length
    return text[match.end() :] if match else text


@cache
def _before_names() -> re.Pattern[str]:
    labels, ranks = lexicon.words("byline", "labels"), lexicon.words("byline", "ranks")
    return re.compile(rf"(?:(?:{lexicon.any_of(labels)}) ?: ?)?(?:(?:{lexicon.any_of(ranks)}) (?=\S))?")


def _is_name(text: str) -> bool:
    """Two to five capitalised words of letters that name no section, office or province; or an office's mark (PV).

    One may be an initial that a name follows: "M.Hương".
    """
    if text in lexicon.entries("byline", "offices") or _INITIALLED.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or text in _not_people():
        return False
    if not all(
        word[0].isupper() and word.replace("’", "").replace("'", "").replace(".", "").isalpha() for word in words
    ):
        return False
    return not names_office(text)


def is_pen_name(text: str) -> bool:
    """Whether two or three words in capitals are a name by their syllables: "VINH ANH", but not "GÓC NHÌN"."""
    words = text.split()
    return 2 <= len(words) <= 3 and all(lexicon.key(word) in lexicon.words("byline", "given") for word in words)


def _is_workplace(text: str) -> bool:
    """Whether a text begins as an office does: "Văn phòng Hội LHPN tỉnh", "Phòng VH-XH xã"."""
    return len(text) <= _WORKPLACE and bool(_workplace().match(lexicon.key(text)))


@cache
def _workplace() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('byline', 'workplaces'))})(?!\w)")


def names_office(text: str) -> bool:
    """Whether a text names an office, an organisation or a section of a site rather than a person."""
    return bool(_section().search(lexicon.key(text)))


@cache
def _section() -> re.Pattern[str]:
    first, within = lexicon.words("byline", "not_first"), lexicon.words("byline", "not_within")
    return re.compile(rf"^(?:{lexicon.any_of(first)})(?!\w)|(?<!\w)(?:{lexicon.any_of(within)})(?!\w)")


@cache
def _not_people() -> frozenset[str]:
    return frozenset(provinces().values())
