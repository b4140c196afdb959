"""What was removed around an article: blocks with one reason share a row, and every block is found again."""

import pytest

from tests.store.pages import block
from worker.models import Label
from worker.store import removed
from worker.store.removed import Removed


def chrome(text, reason="lexicon: menu"):
    return block(text, Label.CHROME, reason)


def test_blocks_side_by_side_with_one_reason_share_a_row():
    page = [chrome("Trang chủ"), chrome("Giới thiệu"), chrome("Chia sẻ", "lexicon: share bar"), chrome("Liên hệ")]
    assert removed.rows(page) == [
        Removed(0, "Trang chủ\nGiới thiệu", "lexicon: menu", "lexicon"),
        Removed(2, "Chia sẻ", "lexicon: share bar", "lexicon"),
        Removed(3, "Liên hệ", "lexicon: menu", "lexicon"),
    ]


def test_what_the_article_stands_between_shares_none():
    page = [chrome("Trang chủ"), block("Bài viết.", Label.BODY), chrome("Liên hệ")]
    assert [(row.position, row.text) for row in removed.rows(page)] == [(0, "Trang chủ"), (2, "Liên hệ")]


def test_a_block_of_several_lines_has_a_row_of_its_own():
    page = [chrome("Trang chủ"), chrome("Điện thoại:\n0206"), chrome("Liên hệ"), chrome("Bản quyền")]
    assert [row.text for row in removed.rows(page)] == ["Trang chủ", "Điện thoại:\n0206", "Liên hệ\nBản quyền"]


@pytest.mark.parametrize("kept", [(), (3,), (0, 1, 5, 9)])
def test_every_block_is_found_again_in_its_place(kept):
    reasons = ["lexicon: menu", "lexicon: share bar", "lexicon: share bar", "lexicon: menu"]
    page = [block(f"Bài {n}.", Label.BODY) if n in kept else chrome(f"Mục {n}", reasons[n // 3]) for n in range(10)]
    assert [(one.position, one.text, one.reason) for one in removed.blocks(removed.rows(page))] == [
        (n, f"Mục {n}", reasons[n // 3]) for n in range(10) if n not in kept
    ]


def test_no_more_blocks_are_kept_than_a_page_has():
    rows = removed.rows([chrome(f"Mục {n}") for n in range(removed.MOST + 5)])
    assert sum(row.text.count("\n") + 1 for row in rows) == len(list(removed.blocks(rows))) == removed.MOST


def test_a_row_that_is_shared_stays_small_and_a_long_block_whole():
    page = [chrome(f"Đường dây nóng {n}") for n in range(300)] + [chrome("Bản quyền " * 500)]
    rows = removed.rows(page)
    assert max(len(row.text.encode()) for row in rows[:-1]) <= removed.ROOM
    assert len(rows) < 12
    assert [block.text for block in removed.blocks(rows)] == [block.text for block in page]
