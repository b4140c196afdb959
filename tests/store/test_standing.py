"""Whether a figure may stand for its province beside those of others."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.store.pages import fact, opened, page
from worker.browse.cells import cells, largest
from worker.models import Fact
from worker.store.schema import open_reader
from worker.store.standing import OTHERS, OWN, UNSAID, standing


@pytest.mark.parametrize(
    ("province", "org", "stands"),
    [
        ("24", "Hội LHPN tỉnh Bắc Giang", OWN),
        ("01", "Hội LHPN TP Hà Nội", OWN),
        ("46", "Hội LHPN tỉnh Thừa Thiên Huế", OWN),
        ("46", "Hội LHPN TP Huế", OWN),
        ("24", None, UNSAID),
        (None, "Cụm thi đua số 6", UNSAID),
        ("24", "Hội LHPN tỉnh Hải Dương", OTHERS),
        ("24", "Hội LHPN huyện Lục Nam, tỉnh Bắc Giang", OTHERS),
        ("24", "Hội Phụ nữ Công an tỉnh Bắc Giang", OTHERS),
    ],
)
def test_its_own_union_s_figures_stand_for_a_province(province: str | None, org: str | None, stands: int):
    assert standing(province, org) == stands


def told(province: str, count: int, org: str | None) -> tuple[str, Fact]:
    body = f"Nơi {province} đỡ đầu {count} trẻ mồ côi."
    owned = {"org": org} if org else {}
    scope = {"province": province, "year": 2022, "indicator": "orphans_sponsored"}
    return body, fact(body, f"{count} trẻ", "quantity", value={"value": count, **owned}, number=count, **scope)


def test_provinces_are_ranked_by_what_stands_for_them(tmp_path: Path):
    rows = [
        told("24", 60, None),
        told("24", 45, "Hội LHPN tỉnh Bắc Giang"),
        told("30", 70, None),
        told("30", 900, "Công ty Bình Minh"),
        told("01", 800, "Hội LHPN xã Hát Môn, TP Hà Nội"),
    ]
    with opened(tmp_path) as archive:
        for number, (body, one) in enumerate(rows):
            archive.file(*page(f"Bài {number}", body, facts=[one]))
    with closing(open_reader(tmp_path / "news.db")) as connection:
        found = cells(connection, "orphans_sponsored", seconds=0)
    ranked = [(cell.province, cell.number) for cell in largest(found, lambda cell: cell.province)]
    assert ranked == [("30", 70), ("24", 45)]
    assert sum(cell.told for cell in found) == len(rows)
