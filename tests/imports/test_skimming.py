"""Of a file that is gzipped a record it is seen what its records are, and where; whatever is odd is left to warcio."""

import gzip
import os

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.test_import import Written
from worker.imports import Found, Passed, warc_file
from worker.imports.skimming import records

PAGE = b"<html><body>" + "Hội LHPN xã trao tặng mái ấm. ".encode() * 40


@pytest.fixture
def written(tmp_path):
    made = Written(tmp_path / "a.warc.gz")
    made.put(made.writer.create_warcinfo_record("a.warc.gz", {"software": "a crawler"}))
    made.put(made.writer.create_warc_record("https://a.test/1", "request"))
    made.response("https://a.test/1", PAGE)
    made.response("https://a.test/2", os.urandom(300_000))  # longer than what is read at once, and than a head
    made.response("<https://a.test/3>", PAGE, kind="resource")
    made.put(
        made.writer.create_revisit_record("https://a.test/4", "sha1:AAA", "https://a.test/1", "2023-05-17T03:04:05Z")
    )
    return made


def by_warcio(path):
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        for record in iterator:
            url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
            offset = iterator.offset
            yield offset, offset + iterator.get_record_length(), record.rec_type, url


def skimmed(path, start=0):
    with path.open("rb") as file:
        return [tuple(one) for one in records(file, start)]


def test_every_record_is_seen_where_it_is(written):
    path = written.done()
    assert skimmed(path) == list(by_warcio(path))
    assert skimmed(path, written.ends[2]) == list(by_warcio(path))[3:]


def test_the_file_may_be_read_elsewhere_meanwhile(written):
    path = written.done()
    with path.open("rb") as file:
        seen = []
        for record in records(file):
            file.seek(record.offset)
            next(iter(ArchiveIterator(file)))
            seen.append(tuple(record))
    assert seen == list(by_warcio(path))


@pytest.mark.parametrize("spoilt", ["cut off", "other bytes", "another length", "two in one member", "no gzip"])
def test_it_ends_before_what_is_not_one_whole_record(written, spoilt):
    path, start, end = written.done(), *written.ends[1:3]
    data = path.read_bytes()
    record = gzip.decompress(data[start:end])
    other = {
        "cut off": data[start : end - 20],
        "other bytes": data[start : end - 60] + bytes(60) + data[end:],
        "another length": gzip.compress(record.replace(b"Content-Length: ", b"Content-Length: 9")) + data[end:],
        "two in one member": gzip.compress(record * 2) + data[end:],
        "no gzip": record + data[end:],
    }
    path.write_bytes(data[:start] + other[spoilt])
    assert [one[1] for one in skimmed(path)] == written.ends[:2]


def test_a_member_is_inflated_no_further_than_its_record_says(tmp_path):
    path = tmp_path / "a.warc.gz"
    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 10\r\n\r\n"
    path.write_bytes(gzip.compress(head + bytes(50_000_000)))
    with path.open("rb") as file:
        assert list(records(file)) == []
        assert file.tell() < path.stat().st_size


def test_pages_are_those_of_a_file_that_is_not_zipped(tmp_path):
    found = {}
    for zipped in (False, True):
        made = Written(tmp_path / f"{zipped}.warc", zipped=zipped)
        for number in range(4):
            made.response(f"https://{'ab'[number % 2]}.test/{number}", PAGE + b"%d" % number)
        made.response("https://a.test/gone", PAGE, status="404 Not Found")
        made.response("dns:a.test", b"", kind="resource")
        with made.done().open("rb") as file:
            found[zipped] = list(warc_file.read(file, lambda url: "a.test" in url, "there", 1000))
        starts = dict(zip([*made.ends], [0, *made.ends], strict=False))
        for one in found[zipped]:
            if isinstance(one, Found):
                end = one.place.offset - 1000 + one.place.length
                assert (
                    starts[end if zipped else end + 4] == one.place.offset - 1000
                )  # a blank line is between plain ones
    assert [one.capture if isinstance(one, Found) else one for one in found[True]] == [
        one.capture if isinstance(one, Found) else one for one in found[False]
    ]
    assert found[True][1::2][:2] == [Passed("host of no source", "b.test")] * 2
    assert len(found[True]) == 6


def test_a_spoilt_record_is_a_torn_one_wherever_it_is_spoilt(tmp_path):
    """Read by warcio from where it begins, it would now and then be taken for one of another kind."""
    page = f"<html><body>{os.urandom(3000).hex()}".encode()
    for number in range(60):
        written = Written(tmp_path / f"{number}.warc.gz")
        for name in ("1", "2", "3"):
            written.response(f"https://a.test/{name}", page)
        data = bytearray(written.done().read_bytes())
        at = written.ends[0] + 400 + 40 * number
        data[at : at + 60] = bytes(60)
        written.path.write_bytes(data)
        with written.path.open("rb") as file:
            found = list(warc_file.read(file, lambda _: True))
        assert [one.reason if isinstance(one, Passed) else "" for one in found] == ["", "torn record", ""], at
