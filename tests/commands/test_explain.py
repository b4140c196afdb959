"""`worker explain`: a page's blocks on a terminal, in colour, and as a page to look at in a browser."""

from click.testing import CliRunner

from worker.cli import worker

SEED = "seeds/001_de7d124722d61cee.txt"
COUNTER = "Số lượt truy cập : 4238431"


def explained(*options, colour=False):
    done = CliRunner().invoke(worker, ["explain", SEED, *options], color=colour)
    assert done.exit_code == 0, done.output
    return done.output


def test_on_a_terminal_each_label_has_its_colour_and_what_was_removed_is_dim():
    shown = explained(colour=True)
    assert f"\x1b[31m\x1b[22mchrome  \x1b[0m \x1b[2m{COUNTER}\x1b[0m  ← lexicon: visitor counter (lexicon)" in shown
    assert "\x1b[97m\x1b[1mtitle" in shown
    assert "\x1b[" not in explained()


def test_what_was_removed_is_counted_at_the_end():
    *lines, _, last = explained().splitlines()
    removed = sum(line.startswith("chrome ") for line in lines)
    assert last == f"article, utf-8 (from content): {len(lines) - removed} blocks kept, {removed} removed"


def test_the_page_for_a_browser_shows_the_original_with_what_was_removed_marked():
    shown = explained("--html")
    assert shown.startswith("<!doctype html>")
    assert (
        f'<mark class="chrome">{COUNTER}</mark><small class="why">lexicon: visitor counter (lexicon)</small>' in shown
    )
    assert '<mark class="title">Cụm thi đua' in shown
