"""What portals serve in the place of an article, with status 200: a missing page, maintenance, log-in, a script, spam.

The first three stand in the portal's own chrome, as they do in life; `Portal.notice` makes a portal answer with one.
"""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from worker.models import PageKind

if TYPE_CHECKING:
    from tests.web.portal import Hit, Portal


def not_found(portal: Portal, hit: Hit) -> str:
    """A "soft" 404: says in words what the status does not."""
    main = (
        "<h1>Thông báo</h1><p>Nội dung bạn yêu cầu không tồn tại hoặc đã bị xóa khỏi hệ thống.</p>"
        '<p>Bạn có thể <a href="/">quay lại trang chủ</a> hoặc dùng chức năng tìm kiếm.</p>'
    )
    return portal.shell("Không tìm thấy trang", main, hit)


def maintenance(portal: Portal, hit: Hit) -> str:
    """The whole site is closed for a while."""
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{portal.name}</title></head><body>"
        f"<h1>Hệ thống đang bảo trì</h1><p>Cổng thông tin {portal.name} đang được bảo trì, nâng cấp. "
        f"Dự kiến hoạt động trở lại sau {hit.number % 5 + 1} giờ. Mong quý vị thông cảm.</p></body></html>"
    )


def login(portal: Portal, hit: Hit) -> str:
    """Only members may read on."""
    main = (
        "<h1>Đăng nhập</h1><p>Bạn cần đăng nhập để xem nội dung này.</p>"
        '<form method="post"><label>Tên đăng nhập <input name="user"></label>'
        '<label>Mật khẩu <input type="password" name="password"></label><button>Đăng nhập</button>'
        '<a href="/lostpass/">Quên mật khẩu?</a></form>'
    )
    return portal.shell("Đăng nhập", main, hit)


def challenge(portal: Portal, hit: Hit) -> str:
    """A first answer that only sets a cookie by script and loads itself again."""
    return (
        "<html><head><script>"
        f'document.cookie="D1N={hit.dice.getrandbits(128):032x}"+"; path=/";window.location.reload(true);'
        "</script></head><body></body></html>"
    )


def spam(portal: Portal, hit: Hit) -> str:
    """The page after it was taken over: an advertisement for gambling under the old address."""
    brand = ("Rồng Vàng 88", "Phượng Đỏ 79", "Hổ Lửa 68")[hit.number % 3]
    points = "".join(
        f"<h2>{brand} {what}</h2><p>Đăng ký {brand} hôm nay nhận khuyến mãi {hit.dice.randrange(50, 300)}% nạp đầu. "
        f"Nhà cái {brand} có casino trực tuyến, cá cược bóng đá, nổ hũ, bắn cá đổi thưởng, kèo nhà cái, tài xỉu online, "
        f"lô đề, đá gà. Link vào {brand} mới nhất không bị chặn, rút tiền nhanh, hoàn trả cao.</p>"
        for what in ("- Nhà cái uy tín số 1", "có an toàn không?", "hướng dẫn nạp rút", "tải app", "khuyến mãi")
    )
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{brand} | Nhà cái cá cược uy tín, casino online</title>"
        f'<meta name="description" content="{brand} nhà cái, tài xỉu, nổ hũ, xóc đĩa"></head><body><h1>{brand}: Link vào nhà cái {brand} 2026</h1>'
        f"{points}</body></html>"
    )


NOTICES: dict[PageKind, Callable[[Portal, Hit], str]] = {
    PageKind.NOT_FOUND: not_found,
    PageKind.MAINTENANCE: maintenance,
    PageKind.LOGIN: login,
    PageKind.CHALLENGE: challenge,
    PageKind.SPAM: spam,
}
