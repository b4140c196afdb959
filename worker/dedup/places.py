"""Places: the communes, wards and districts that a text names. Neighbours' reports often differ in nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from worker.vietnamese import fold

_LEVELS = "thị xã|thị trấn|thành phố|khu phố|xã|phường|huyện|quận|tỉnh|thôn|bản|ấp|buôn|làng"
_PLACE = re.compile(rf"(?<!\w)({_LEVELS})(?=\s+([^\W\d_]+)(?: ([^\W\d_]+))?)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = 40


def places(text: str) -> Iterator[tuple[str, str, str]]:
    """The level of each place, the word before it, and its name, without marks.

    Of a name the first two syllables: behind them a person's may begin, and in capitals everything. K is c: Đắk is Đắc.

    >>> list(places("Hội LHPN xã Minh Tân, huyện Đắk Song"))
    [('xã', 'lhpn', 'minh tan'), ('huyện', 'tân', 'dac song')]
    """
    for match in _PLACE.finditer(text):
        name = [syllable for syllable in match.group(2, 3) if syllable and syllable[0].isupper()]
        if name and name[0] == match[2]:
            before = _WORD.findall(text, max(0, match.start() - _BEFORE), match.start())
            yield match[1].lower(), before[-1].lower() if before else "", fold(" ".join(name)).replace("k", "c")
