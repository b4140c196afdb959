# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely==2.1.2"]
# ///
"""Makes shapes.json, the outlines of the 63 provinces and of the 34; run by hand, never by the program.

    npm pack @svg-maps/vietnam@2.0.0 && tar xzf svg-maps-vietnam-2.0.0.tgz
    uv run --script worker/browse/map/build.py package/index.js

The shapes are those of `@svg-maps/vietnam` (CC BY 4.0); those of the 34 are put together as
worker/facts/gazetteer/provinces.json says. Outlines are simplified: a page with a map stays below 100 KB.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely  # type: ignore[import-untyped]  # only this script needs it, and its stubs nobody
from shapely import Polygon

HERE = Path(__file__).parent
PROVINCES = HERE.parents[1] / "facts/gazetteer/provinces.json"
CREDIT = {
    "name": "@svg-maps/vietnam 2.0.0, Stephen Truong",
    "home": "https://github.com/VictorCazanave/svg-maps/tree/master/packages/vietnam",
    "license": "CC BY 4.0",
    "license_url": "https://creativecommons.org/licenses/by/4.0/",
    "changes": "simplified; the 63 dissolved into the 34",
}
OTHER_NAMES = {"baria": "baria-vungtau", "tthue": "hue"}
ARCHIPELAGOS = {"hoangsa": "48", "truongsa": "56"}
"""The archipelagos have shapes of their own, and belong to Đà Nẵng and Khánh Hòa."""

TOLERANCE = 0.9
"""How far, in units of a drawing 812 wide, an outline may be off."""
SLIVER = 0.5
"""Neighbours are drawn apart by rounding up to this; a province put together has no such cracks."""
SMALLEST = 2.5
"""Islands below this area are left out, but for the largest parts of each shape."""
MOST_PARTS = {"hoangsa": 14, "truongsa": 18}

_TOKEN = re.compile(r"[a-zA-Z]|-?\d*\.?\d+(?:e-?\d+)?")
_POINTS = {"m": 1, "l": 1, "c": 3}


def key(name: str) -> str:
    """A name without marks, spaces and hyphens, as the ids of the map are spelled."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z]", "", "".join(char for char in plain if not unicodedata.combining(char)))


def polygons(path: str) -> list[Polygon]:
    """The closed outlines of a path of SVG; of a curve its end is taken."""
    rings: list[list[tuple[float, float]]] = []
    x = y = 0.0
    command, tokens = "m", _TOKEN.findall(path)
    at = 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
            if command in "zZ":
                x, y = rings[-1][0]
            elif command in "mM":
                rings.append([])
            continue
        count = _POINTS[command.lower()]
        at += 2 * count
        px, py = float(tokens[at - 2]), float(tokens[at - 1])
        x, y = (x + px, y + py) if command.islower() else (px, py)
        rings[-1].append((x, y))
    return [Polygon(ring) for ring in rings if len(ring) > 2]


def region(path: str) -> Any:
    """The area that a path encloses."""
    return shapely.union_all([shapely.make_valid(shape) for shape in polygons(path)])


def outline(area: Any, most: int = 6) -> str:
    """A simplified area as a path: coordinates to a tenth, relative, islands by size."""
    closed = area.buffer(SLIVER, join_style="mitre").buffer(-SLIVER, join_style="mitre").simplify(TOLERANCE)
    parts = [part for part in getattr(closed, "geoms", [closed]) if isinstance(part, Polygon) and not part.is_empty]
    parts = sorted(parts, key=lambda part: -part.area)
    kept = [part for number, part in enumerate(parts) if number == 0 or part.area > SMALLEST][:most]
    return "".join(_ring(part) for part in kept)


def islets(area: Any, most: int) -> str:
    """The largest islets of an archipelago, each as a small diamond: their true outlines could not be seen."""
    parts = sorted(getattr(area, "geoms", [area]), key=lambda part: -part.area)[:most]
    marks = [(round(part.centroid.x, 1), round(part.centroid.y, 1)) for part in parts]
    return "".join(f"M{x:g} {y - 2:g}l2 2-2 2-2-2z" for x, y in marks)


def _ring(part: Polygon) -> str:
    points = [(round(x * 10), round(y * 10)) for x, y in part.exterior.coords[:-1]]
    text, (x, y) = f"M{points[0][0] / 10:g} {points[0][1] / 10:g}l", points[0]
    steps = []
    for px, py in points[1:]:
        steps.append(f"{(px - x) / 10:g} {(py - y) / 10:g}")
        x, y = px, py
    return (text + " ".join(steps)).replace(" -", "-") + "z"


def main(package: Path) -> None:
    """Write shapes.json."""
    drawing = json.loads(package.read_text("utf-8").removeprefix("export default ").strip().rstrip(";"))
    provinces = json.loads(PROVINCES.read_text("utf-8"))["provinces"]
    codes = {key(row["old_name"]): row["old_code"] for row in provinces}
    areas: dict[str, Any] = {}
    specks: dict[str, str] = {}
    for place in drawing["locations"]:
        if place["id"] in ARCHIPELAGOS:
            specks[ARCHIPELAGOS[place["id"]]] = islets(region(place["path"]), MOST_PARTS[place["id"]])
        else:
            areas[codes[key(OTHER_NAMES.get(place["id"], place["name"]))]] = region(place["path"])
    missing = {row["old_code"] for row in provinces} - areas.keys()
    if missing:
        sys.exit(f"{package} has no shape for {sorted(missing)}")
    merged: dict[str, list[str]] = defaultdict(list)
    for row in provinces:
        merged[row["new_code"]].append(row["old_code"])
    old = {code: outline(area) + specks.get(code, "") for code, area in sorted(areas.items())}
    new = {
        code: outline(shapely.union_all([areas[one].buffer(SLIVER, join_style="mitre") for one in parts]))
        + "".join(specks.get(one, "") for one in parts)
        for code, parts in sorted(merged.items())
    }
    shapes = {"credit": CREDIT, "view_box": drawing["viewBox"], "63": old, "34": new}
    (HERE / "shapes.json").write_text(json.dumps(shapes, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{len(old)} and {len(new)} shapes, {sum(map(len, [*old.values(), *new.values()])):,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
