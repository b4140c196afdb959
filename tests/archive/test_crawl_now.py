"""An operator has the running service crawl a source at once; nobody else can."""

import re
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.archive.conftest import rows, serving
from tests.test_running import configure, running, source, wait_for
from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories

pytestmark = pytest.mark.browser

SERVE = "import sys; from pathlib import Path; from worker.browse import serve; "
BUTTON = "Thu ngay: "


def site_of(archive: Path, **how: bool):  # type: ignore[no-untyped-def]  # serving's own type
    options = ", ".join(f"{key}={value}" for key, value in how.items())
    call = f"serve(Path({str(archive)!r}), port=int(sys.argv[2]), {options})"
    return serving(archive, sys.executable, "-u", "-c", SERVE + call, log=archive.parent / "browse.log")


def sign_in(page: Page, archive: Path, address: str) -> None:
    token = re.search(r"/-/auth-token\?token=\w+", (archive.parent / "browse.log").read_text())
    assert token
    page.goto(address + token[0])


def test_an_operator_crawls_a_source_now_and_sees_what_came_of_it(tmp_path: Path, page: Page):
    archive = tmp_path / "archive"
    portal = NukeViet(stories=list(stories(2, seed=9)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal))
        with running(tmp_path) as (_process, events):
            wait_for("source visited", events)
            with site_of(archive, crawl_now=True) as address:
                page.goto(f"{address}/sources")
                expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
                sign_in(page, archive, address)
                page.goto(f"{address}/sources")
                page.get_by_role("button", name=BUTTON).click()
                expect(page.locator(".notice[role=status]")).to_contain_text("Đã giao cho dịch vụ thu ngay")
                told = "SELECT 1 FROM runs WHERE \"trigger\" = 'manual' AND outcome = 'ok'"
                for _ in range(200):
                    if rows(archive, told):
                        break
                    page.wait_for_timeout(100)
                page.goto(f"{address}/sources")
                expect(page.locator("table").last.locator("tbody tr").first).to_contain_text("tự tay")
    assert rows(archive, 'SELECT "trigger", outcome FROM runs ORDER BY id') == [("schedule", "ok"), ("manual", "ok")]
    assert list((archive / "requests").glob("*.json")) == []


def test_without_a_service_the_operator_is_told_so(offline_archive: Path, altered_archive: Path, page: Page):
    with site_of(altered_archive, crawl_now=True) as address:
        sign_in(page, altered_archive, address)
        page.goto(f"{address}/sources")
        page.locator("tr#baogialai").get_by_role("button", name=BUTTON).click()
        expect(page.locator(".notice[role=status]")).to_contain_text("không có dịch vụ nào đang chạy")
        assert not (altered_archive / "requests").exists()
        refused = page.request.post(f"{address}/sources/baogialai/crawl", form={"csrftoken": "made-up"})
        assert refused.status == 403, "a form of another site has no token"


@pytest.mark.parametrize("path", ["/sources/baogialai/crawl", "/sources/nothing/crawl"])
def test_nobody_may_where_nothing_says_so(altered: str, page: Page, path: str):
    assert httpx.get(altered + path, timeout=60).status_code == 405
    assert httpx.post(altered + path, timeout=60).status_code == 403


def test_the_operator_may_not_where_the_site_was_not_told_to_allow_it(altered: str, operator: str, page: Page):
    page.context.add_cookies([{"name": "ds_actor", "value": operator, "url": altered}])
    page.goto(f"{altered}/sources")
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
