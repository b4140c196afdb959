"""The values that sources.yaml holds: how each is written. What is written otherwise is told what would be right."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from worker.vietnamese import fold, nfc

_CONTACT = re.compile(r"(?:https?://|mailto:)?[\x21-\x27\x2a-\x7e]{1,200}[.@][\x21-\x27\x2a-\x7e]{1,200}")
_APPRISE = re.compile(r"[a-z][a-z0-9+.-]{1,30}://\S{1,1000}")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_YEAR = 366 * 86400
_LEVEL = re.compile(r"^(?:tinh|thanhpho|tp)(?=.)")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_COLLOQUIAL = {"Sài Gòn": "79", "HCMC": "79", "Vũng Tàu": "77", "Thừa Thiên": "46"}


def seconds(text: object) -> float:
    """Seconds of "2s", "15m", "2h", "1d", "1.5s", or of a plain number.

    >>> seconds("15m")
    900.0
    """
    if isinstance(text, int | float) and not isinstance(text, bool) and abs(text) < 1e12:
        return float(text)
    if isinstance(text, str) and (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", text)):
        return float(match[1]) * _UNITS[match[2]]
    raise ValueError("write a time such as 2s, 15m, 2h or 1d")


def site_host(url: str) -> str:
    """The host of an address without www., in ASCII even where it is Vietnamese; empty where there is none.

    >>> site_host("https://www.báophụnữ.vn/tin")
    'xn--bophn-xqa5094clca.vn'
    """
    try:
        name = (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".")
        return name if name.isascii() else nfc(name).encode("idna").decode("ascii")
    except ValueError:
        return ""


def within(least: str, most: str) -> AfterValidator:
    """Times between two, both of which are among them."""

    def check(value: float) -> float:
        if not seconds(least) <= value <= seconds(most):
            raise ValueError(f"write a time from {least} to {most}")
        return value

    return AfterValidator(check)


def _rising(times: tuple[float, ...]) -> tuple[float, ...]:
    if list(times) != sorted(set(times)):
        raise ValueError("write the times from the shortest to the longest, each once: [1h, 6h, 1d, 7d, 30d]")
    return times


def _schedule(text: str) -> str:
    """A schedule is "every 2h" (a minute to a year), a cron line of five fields, "auto", with bounds "auto 1h-7d"."""
    if text == "auto":
        return text
    if match := re.fullmatch(r"auto\s+([^\s-]+)\s*-\s*(\S+)", text):
        if not 60 <= seconds(match[1]) <= seconds(match[2]) <= _YEAR:
            raise ValueError("write the shorter time first, no less than 1m and no more than 366d: auto 30m-12h")
        return text
    if match := re.fullmatch(r"every\s+(\S+)", text):
        if not 60 <= seconds(match[1]) <= _YEAR:
            raise ValueError("a source is visited once a minute at most, once a year at least; write every 1m to 366d")
        return text
    if len(text.split()) == 5:
        from worker.cron import cron_trigger  # heavy, and needed for cron lines only

        try:
            comes = cron_trigger(text, UTC).get_next_fire_time(None, datetime.now(UTC))
        except ValueError as error:
            raise ValueError(f"this cron line cannot be read ({error}); write one such as 30 6 * * *") from None
        if comes is None:
            raise ValueError("this cron line names a day that never comes; write one such as 30 6 * * *")
        return text
    raise ValueError('write "every 2h", a cron line such as "30 6 * * *", or auto')


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:  # others raise ValueError
        raise ValueError("write a whole address, such as https://phunu.caobang.gov.vn/")
    return text


def _contact(text: str) -> str:
    """Where whoever runs the program can be reached: it is written into a header of every request."""
    if not _CONTACT.fullmatch(text):
        raise ValueError("write an e-mail or a web address, such as archive@example.org or https://example.org/archive")
    return text


def _told_at(text: str) -> str:
    """An address that Apprise sends to. Its kinds are its own matter; what is no address is caught here."""
    if not _APPRISE.fullmatch(text):
        raise ValueError("write an Apprise address, such as mailto://user:password@example.org or tgram://token/chat")
    return text


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"this regular expression cannot be read: {error}") from None
    return text


def selector(text: str) -> str:
    """A CSS selector as it was written. Raises ValueError where it cannot be read."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # needed where a source has selectors only

    try:
        LexborHTMLParser("").css(text)
    except SelectolaxError:
        raise ValueError(f"{text!r} is no CSS selector; write one such as #news-bodyhtml or div.content") from None
    return text


def _profile(text: str) -> str:
    known = sorted(path.name.removesuffix(".yaml") for path in files("worker").joinpath("clean/profiles").iterdir())
    if text not in known:
        raise ValueError(f"known are {', '.join(known)}; leave it out to have the system recognised")
    return text


def _checked(text: str) -> str:
    if text != "never":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError("write the day as 2026-11-21, or never") from None
    return text


@cache
def provinces() -> dict[str, str]:
    """GSO code -> name of the 63 provinces of before 1 July 2025."""
    rows = json.loads(files("worker").joinpath("facts/gazetteer/provinces.json").read_text("utf-8"))["provinces"]
    return {row["old_code"]: row["old_name"] for row in rows}


def province_code(text: object) -> str:
    """The GSO code of one of the 63 provinces, given by its code or by its name in any usual spelling.

    Raises ValueError where it is none.

    >>> [province_code(text) for text in ("64", "gia lai", "tỉnh Đắc Lắc", "TP. HCM")]
    ['64', '64', '66', '79']
    """
    if isinstance(text, str):
        key = _spelled(text)
        for wanted in (key, _LEVEL.sub("", key)):
            if code := _by_name().get(wanted):
                return code
    raise ValueError(
        'write the GSO code in quotes, such as "04", or the name of one of the 63 provinces, such as Cao Bằng'
    )


def as_province(text: str) -> str:
    """The GSO code of the province that a text names; the text itself where it names none."""
    try:
        return province_code(text)
    except ValueError:
        return text


def _spelled(name: str) -> str:
    """A name as it is compared: its letters, without marks, blanks and dashes."""
    return _NO_LETTER.sub("", fold(nfc(name)))


@cache
def _by_name() -> dict[str, str]:
    """Code, name or other spelling of a province -> its code."""
    lines = files("worker").joinpath("facts/gazetteer/aliases.csv").read_text("utf-8").splitlines()
    aliases = {row["alias"]: row["code"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
    named = {name: code for code, name in provinces().items()}
    return {_spelled(name): code for name, code in (_COLLOQUIAL | aliases | named).items()} | {
        code: code for code in provinces()
    }


Seconds = Annotated[float, BeforeValidator(seconds)]
LookAgain = Annotated[tuple[Annotated[Seconds, within("1m", "90d")], ...], AfterValidator(_rising)]
Address = Annotated[str, AfterValidator(_web_address)]
Regex = Annotated[str, AfterValidator(_regex)]
Selector = Annotated[str, AfterValidator(selector)]
Contact = Annotated[str, AfterValidator(_contact)]
ToldAt = Annotated[str, AfterValidator(_told_at)]
Schedule = Annotated[str, AfterValidator(_schedule)]
Province = Annotated[str, BeforeValidator(province_code)]
Profile = Annotated[str, AfterValidator(_profile)]
Checked = Annotated[str, AfterValidator(_checked)]
