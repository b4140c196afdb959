"""The words of the site, and numbers, money and dates as its readers write them.

One file a language: `languages/vi.yaml` and `languages/en.yaml` of the site; the indicators' names stand with their
rules (worker/facts/data). Vietnamese comes first; a reader switches to English with a link, which a cookie remembers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from worker.own_data import parse_yaml, read_yaml
from worker.vietnamese.clock import VIETNAM

LANGUAGES = ("vi", "en")
COOKIE = "language"


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_SCALES = ((10**9, "billion"), (10**6, "million"))


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site; called with the name of a sentence, it says that sentence."""

    code: str
    words: Mapping[str, str]

    def __call__(self, name: str, /, **values: object) -> str:
        """The sentence of that name, with the values put in. A name that is missing shows itself."""
        sentence = self.words.get(name, name)
        return sentence.format_map({key: str(value) for key, value in values.items()}) if values else sentence

    def of(self, prefix: str, name: object) -> str:
        """The word for a name out of the data (`of("kind", "money")`), or the name itself where there is none."""
        return self.words.get(f"{prefix}.{name}", str(name))

    def all(self, prefix: str) -> list[tuple[str, str]]:
        """Every name out of the data that there is a word for, with that word."""
        return [(name[len(prefix) + 1 :], word) for name, word in self.words.items() if name.startswith(f"{prefix}.")]

    def number(self, value: object, digits: int = 2) -> str:
        """A number with its groups: 16.500 and 43,4 in Vietnamese, 16,500 and 43.4 in English."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "" if value is None else str(value)
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.translate(str.maketrans(",.", ".,")) if self.code == "vi" else text

    def money(self, vnd: object, digits: int = 3) -> str:
        """An amount in đồng, the large ones shortened: 16,5 tỷ đồng."""
        if isinstance(vnd, float) and vnd.is_integer():
            vnd = int(vnd)
        if isinstance(vnd, bool) or not isinstance(vnd, int | float):
            return self.number(vnd)
        for scale, name in _SCALES:
            if abs(vnd) >= scale:
                return self("money.scaled", amount=self.number(vnd / scale, digits), scale=self(f"money.{name}"))
        return self("money.plain", amount=self.number(vnd))

    def day(self, iso: str, *, weekday: bool = False) -> str:
        """A day, month or year of ISO 8601 as it is written: 21/11/2022. What cannot be read stays as it is."""
        try:
            if match := _DAY.match(iso):
                day = date(int(match[1]), int(match[2]), int(match[3]))
                return self._weekday(day) * weekday + self._day(day)
            if match := _MONTH.match(iso):
                return self("date.month", month=self._month(int(match[2])), year=match[1])
        except ValueError:
            pass
        return iso

    def period(self, iso: str) -> str:
        """A day, or a period written START/END."""
        start, slash, end = iso.partition("/")
        return f"{self.day(start)} – {self.day(end)}" if slash and end != start else self.day(start)

    def published(self, iso: str | None, *, weekday: bool = True) -> str:
        """When an article came out, as exactly as its page says: a day, or a minute with its zone."""
        if not iso:
            return self("article.undated")
        if _DAY.match(iso):
            return self.day(iso, weekday=weekday)
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        return self._moment(moment, weekday=weekday)

    def moment(self, utc: str | None) -> str:
        """A time of the archive (UTC), on Vietnam's clock: 21/11/2022 08:02."""
        if not utc:
            return "–"
        try:
            moment = datetime.fromisoformat(utc)
        except ValueError:
            return utc
        return self._moment(moment, weekday=False)

    def _moment(self, moment: datetime, *, weekday: bool) -> str:
        local = moment.astimezone(VIETNAM) if moment.tzinfo else moment
        day = self._weekday(local) * weekday + self._day(local)
        return self("date.minute", day=day, time=f"{local:%H:%M}")

    def _weekday(self, day: date) -> str:
        return self(f"weekday.{day.isoweekday()}") + (", " if self.code == "vi" else " ")

    def _month(self, month: int) -> str:
        return str(month) if self.code == "vi" else self(f"month.{month}")

    def _day(self, day: date) -> str:
        return self("date.day", day=day.day, month=self._month(day.month), year=f"{day.year:04d}")


@cache
def languages(site: Path) -> dict[str, Language]:
    """The languages of the site by their code, Vietnamese first."""
    return {code: _load(site / "languages" / f"{code}.yaml") for code in LANGUAGES}


@cache
def _load(path: Path) -> Language:
    words = dict(_flat(parse_yaml(path.read_text("utf-8"))))
    indicators = read_yaml("worker.facts", "data/indicators.yaml")
    return Language(path.stem, words | {f"indicator.{one['id']}": one[path.stem] for one in indicators})


def _flat(node: Mapping[object, object], prefix: str = "") -> list[tuple[str, str]]:
    """The nested file as (dotted name, sentence)."""
    found: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, str(value))]
    return found
