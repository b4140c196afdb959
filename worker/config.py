"""sources.yaml and its validation: the text of the file in, `Sources` out, or an error that says where and what.

A source is read by people who do not program, so every error names the file, the line, the field and what is right.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class ConfigError(Exception):
    """sources.yaml cannot be used; the message is one sentence for the person who wrote it."""


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text: object) -> float:
    """Seconds of "2s", "15m", "2h", "1d", "1.5s", or of a plain number.

    >>> seconds("15m")
    900.0
    """
    if isinstance(text, bool):
        raise ValueError("write a time such as 2s, 15m, 2h or 1d")
    if isinstance(text, int | float):
        return float(text)
    if isinstance(text, str) and (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", text)):
        return float(match[1]) * _UNITS[match[2]]
    raise ValueError("write a time such as 2s, 15m, 2h or 1d")


def _schedule(text: str) -> str:
    """A schedule is "every 2h" (from a minute on), a cron line of five fields, or "auto"."""
    if text == "auto":
        return text
    if match := re.fullmatch(r"every\s+(\S+)", text):
        if seconds(match[1]) < 60:
            raise ValueError("a source is visited once a minute at most; write every 1m or more")
        return text
    if len(text.split()) == 5:
        from apscheduler.triggers.cron import CronTrigger  # heavy, and needed for cron lines only

        try:
            CronTrigger.from_crontab(text)
        except ValueError as error:
            raise ValueError(f"this cron line cannot be read ({error}); write one such as 30 6 * * *") from None
        return text
    raise ValueError('write "every 2h", a cron line such as "30 6 * * *", or auto')


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write a whole address, such as https://phunu.caobang.gov.vn/")
    return text


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"this regular expression cannot be read: {error}") from None
    return text


@cache
def provinces() -> dict[str, str]:
    """GSO code -> name of the 63 provinces of before 1 July 2025."""
    rows = json.loads(files("worker.facts").joinpath("gazetteer/provinces.json").read_text("utf-8"))["provinces"]
    return {row["old_code"]: row["old_name"] for row in rows}


def _province(text: object) -> str:
    names = provinces()
    if isinstance(text, str) and text in names:
        return text
    by_name = {name.casefold(): code for code, name in names.items()}
    if isinstance(text, str) and (code := by_name.get(text.strip().casefold())):
        return code
    raise ValueError(
        'write the GSO code in quotes, such as "04", or the name of one of the 63 provinces, such as Cao Bằng'
    )


Seconds = Annotated[float, BeforeValidator(seconds)]
Address = Annotated[str, AfterValidator(_web_address)]
Regex = Annotated[str, AfterValidator(_regex)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Politeness(_Strict):
    """How a site is treated: seconds between two requests, requests at once, and whether robots.txt is obeyed."""

    delay: Seconds = 2.0
    concurrency: int = Field(default=1, ge=1, le=8)
    robots: Literal["obey", "ignore"] = "obey"


class Discover(_Strict):
    """Where links are found. What is missing is found by looking at the home page."""

    feeds: tuple[Address, ...] = ()
    sitemaps: tuple[Address, ...] = ()
    listings: tuple[Address, ...] = ()


class Network(_Strict):
    """How a site is reached."""

    timeout: Seconds = 20.0
    tls: Literal["strict", "legacy", "incomplete-chain"] = "strict"
    allow_private: bool = False


class Clean(_Strict):
    """What is known of one site's pages: CSS selectors, and lines to drop. Goes before the CMS profile."""

    body: str | None = None
    title: str | None = None
    lead: str | None = None
    date: str | None = None
    author: str | None = None
    origin: str | None = None
    drop: tuple[str, ...] = ()
    drop_lines: tuple[Regex, ...] = ()


class Source(_Strict):
    """One site."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    home: Address
    kind: Literal["union", "government", "press"]
    province: Annotated[str, BeforeValidator(_province)] | None = None
    profile: str | None = None
    enabled: bool = True
    schedule: Annotated[str, AfterValidator(_schedule)] = "every 2h"
    politeness: Politeness = Politeness()
    discover: Discover = Discover()
    articles: Regex | None = None
    network: Network = Network()
    clean: Clean = Clean()
    checked: str | None = None


class Sources(_Strict):
    """All sources, in the order of the file."""

    sources: tuple[Source, ...]

    def get(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)

    def of_url(self, url: str) -> Source | None:
        """The source whose home has the URL's host (a leading www. does not count)."""
        host = _host(url)
        return next((source for source in self.sources if host and _host(source.home) == host), None)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
