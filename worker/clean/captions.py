"""Is this short line the caption of a picture? Saved text has lost its pictures, so words and form must tell."""

from __future__ import annotations

import re
from functools import cache

from worker.clean import lexicon

_LONGEST = 75  # words: a caption may name a row of people
_LONGEST_SENTENCE = 40  # words of a caption that ends with a full stop


def is_caption(text: str) -> bool:
    """Whether a line (NFC, white space collapsed) is a caption by its words.

    A caption shows: it begins with who or what is seen ("Đồng chí … phát biểu tại …", "Toàn cảnh hội nghị"), says where
    someone stands in the picture, or names its photographer. What people said or meant is told in the body.

    >>> is_caption("Các đại biểu chụp ảnh lưu niệm"), is_caption("Nhiều hoạt động sự kiện, nổi bật, quy mô lớn")
    (True, False)
    """
    words = text.count(" ") + 1
    if not 2 <= words <= _LONGEST:
        return False
    line = lexicon.key(text)
    if _NUMBERED.match(line):
        return True
    if credit := _CREDIT.search(line):  # "… Ảnh: Thu Hà"; after a word or two ("Tin, ảnh:") it is a byline
        return line.count(" ", 0, credit.start()) >= 4
    ended = text.endswith((".", "…"))
    if (ended and words > _LONGEST_SENTENCE) or _several_sentences(text) or _said().search(line):
        return False
    return bool(_cue().search(line)) or (words <= _LONGEST_SENTENCE and _shows(line, ended=ended))


def _shows(line: str, *, ended: bool) -> bool:
    """Whether a line names who is seen and what they do, or the event that is seen."""
    if shown := _subject().match(line):
        # A sentence of the body can have the same words: of those only the plainest form is taken for a caption.
        return bool((_SPEAKS if ended else _act()).search(line, shown.end()))
    return not ended and bool(_event().match(line))


_NUMBERED = re.compile(r"(?:ảnh|hình|photo)\s?\d{1,2}\s?[:.]\s")  # "Ảnh 2: Trao quà cho hội viên"
_CREDIT = re.compile(r"(?:^|[\s(])(?:ảnh|nguồn ảnh|photo)\s?: ?[^.;:]{2,50}[.)]{0,2}$")


def _several_sentences(text: str) -> bool:
    return bool(_SENTENCE_BREAK.search(text))


_SENTENCE_BREAK = re.compile(r"(?<!TP)(?<!Tp)(?<!\bTS)(?<!ThS)(?<!\d)[.!?;]\s+(?=[^\W\d_])")
_SPEAKS = re.compile(r"(?<!\w)(?:phát biểu|chụp ảnh|trao|tặng|ký kết)(?!\w)[^,]*$")


@cache
def _cue() -> re.Pattern[str]:
    begins = lexicon.any_of(lexicon.words("caption", "begins"))
    return re.compile(rf"^(?:{begins})|(?<!\w)(?:{lexicon.any_of(lexicon.words('caption', 'holds'))})")


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('caption', 'subjects'))})(?!\w)")


@cache
def _act() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.any_of(lexicon.words('caption', 'acts'))})(?!\w)")


@cache
def _event() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('caption', 'events'))})(?!\w)")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.any_of(lexicon.words('caption', 'said'))})(?!\w)")
