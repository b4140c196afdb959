"""Bodies with the larger ones that they are a part of: "Khoa Sản, Bệnh viện Đa khoa tỉnh" is one winner."""

from __future__ import annotations

from functools import cache

from worker.facts.awards.award import Winner
from worker.facts.awards.teams import AND, TO, Teams
from worker.facts.organisations import organisation_at
from worker.own_data import read_yaml
from worker.vietnamese import tone_key

NAME = 12  # words of a body's name


@cache
def _wholes() -> dict[str, frozenset[str]]:
    """What a part is told by -> what the bodies are told by that have such parts."""
    data = read_yaml("worker.facts", "data/bodies.yaml")
    return {tone_key(part): frozenset(map(tone_key, wholes)) for part, wholes in data.items()}


class Bodies(Teams):
    """Reads bodies and what they are a part of, in one part of an article."""

    def whole(self, winner: Winner, end: int) -> Winner:
        """The winner with the larger bodies behind it: "Bộ môn Hóa dược, | Khoa Dược, Trường Đại học A"."""
        words, stop = self.words, winner.end
        part = self._part(winner)
        while part and stop < end and words.gap(stop - 1) == "," and words.capital(stop):
            heads = (" ".join(words.keys[stop : stop + 2]), words.keys[stop])
            if _wholes()[part].isdisjoint(heads):
                break
            stop = self._name_end(stop, end)
            part = next((head for head in heads if head in _wholes()), "")
        if stop == winner.end:
            return winner
        return Winner(winner.first, stop, " ".join(words.written(winner.first, stop).split()))

    def _part(self, winner: Winner) -> str:
        """What the winner is told by, if it may be a part of a body: "cán bộ nữ | Phòng thí nghiệm Cúm"."""
        keys = self.words.keys
        for index in range(winner.end - 1, winner.first - 1, -1):
            heads = (" ".join(keys[index : index + 2]), keys[index])
            if self.words.capital(index) and (part := next((head for head in heads if head in _wholes()), "")):
                return part
        return ""

    def _name_end(self, index: int, end: int) -> int:
        """The end of a body's name: at a mark, "và", or the verb."""
        words, named = self.words, organisation_at(self.context, index)
        last = named.end if named else index + 1
        while last < min(end, index + NAME) and words.gap(last - 1) in (" ", "-"):
            if words.keys[last] in AND | TO or self.stopped(last):
                break
            last += 1
        return last
