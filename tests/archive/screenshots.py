"""Pictures of the main pages, light and dark, wide and narrow: `make screenshots`.

    python -m tests.archive.screenshots ARCHIVE [--to DIRECTORY] [--readme]

With --readme, only the two that the README shows, small, into archive/static/screenshots/.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.archive.conftest import CHROMIUM, CHROMIUM_ARGS, ROOT, serving

PAGES = {
    "front": "/?indicator=gift_money",
    "search": "/search?q=me+do+dau",
    "article": "/news/article/2",
    "indicators": "/indicators",
    "offices": "/offices",
    "conflicts": "/conflicts",
    "sources": "/sources",
    "data": "/news",
    "facts": "/news/facts?kind=money",
}
WIDTHS = {"wide": (1280, 860), "narrow": (390, 844)}
README = (("front", "wide", "light"), ("article", "wide", "light"))
SHOWN = ROOT / "archive/static/screenshots"
COLOURS = 128
"""Pages have few colours: a palette makes a picture a quarter as large, and nobody sees it. The octree keeps those of
small marks, which a palette by frequency drops."""


def take(browser: Browser, address: str, to: Path, width: str, scheme: str) -> None:
    """One picture."""
    size = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.screenshot(path=to)
    page.close()


def shrink(path: Path) -> None:
    """Make a picture small enough for a README."""
    from PIL import Image  # of the dependency group `peers`

    picture = Image.open(path).convert("RGB")
    picture = picture.resize((960, round(picture.height * 960 / picture.width)), Image.Resampling.LANCZOS)
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Take them all, or the README's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--to", type=Path, default=ROOT / "bench-results/screenshots")
    parser.add_argument("--readme", action="store_true")
    wanted = parser.parse_args()
    to = SHOWN if wanted.readme else wanted.to
    to.mkdir(parents=True, exist_ok=True)
    every = [(name, width, scheme) for name in PAGES for width in WIDTHS for scheme in ("light", "dark")]
    with (
        tempfile.TemporaryDirectory() as logs,
        serving(wanted.archive, log=Path(logs) / "log") as site,
        open_browser() as browser,
    ):
        for name, width, scheme in README if wanted.readme else every:
            path = to / (f"{name}.png" if wanted.readme else f"{name}-{width}-{scheme}.png")
            take(browser, site + PAGES[name], path, width, scheme)
            if wanted.readme:
                shrink(path)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
