"""The members of ZIP files whose end is missing: those that are there, and never an exception."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.imports.torn_zip import members


class Stream(io.RawIOBase):
    """A place where one cannot go back, as a download: sizes are written behind the members."""

    def __init__(self):
        self.written = b""

    def writable(self):
        return True

    def write(self, data):
        self.written += bytes(data)
        return len(data)


def packed(files, method=zipfile.ZIP_STORED, *, streamed=False):
    place = Stream() if streamed else io.BytesIO()
    with zipfile.ZipFile(place, "w", method) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return place.written if streamed else place.getvalue()


def read(data):
    return {one.name: data[one.start : one.start + one.size] for one in members(io.BytesIO(data))}


FILES = {"archive/a.warc.gz": b"a" * 3000, "archive/b.warc.gz": b"b" * 3000, "pages/pages.jsonl": b"{}"}


def test_the_members_are_those_that_the_end_would_have_listed():
    assert read(packed(FILES)) == FILES


def test_the_last_member_is_as_long_as_it_is_there():
    data = packed(FILES)
    found = read(data[: data.index(b"b" * 3000) + 100])
    assert found == {"archive/a.warc.gz": b"a" * 3000, "archive/b.warc.gz": b"b" * 100}


def test_members_whose_size_stands_behind_them_end_where_the_next_one_begins():
    found = read(packed(FILES, streamed=True))
    assert list(found)[:2] == ["archive/a.warc.gz", "archive/b.warc.gz"]
    assert all(found[name].startswith(FILES[name]) and len(found[name]) < 3050 for name in list(found)[:2])


def test_sizes_of_more_than_four_gigabytes_stand_in_the_extra_field():
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w") as made, made.open("a.warc.gz", "w", force_zip64=True) as member:
        member.write(b"a" * 10)
    assert read(place.getvalue()) == {"a.warc.gz": b"a" * 10}


def test_compressed_members_are_passed_over():
    assert read(packed(FILES, zipfile.ZIP_DEFLATED)) == {}


@pytest.mark.parametrize("streamed", [False, True])
@given(st.data())
def test_whatever_is_missing_or_wrong_nothing_is_raised_and_nothing_lies_outside_the_file(streamed, data):
    whole = bytearray(packed(FILES, streamed=streamed))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    torn = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    assert all(0 < one.start < one.start + one.size <= len(torn) for one in members(io.BytesIO(torn)))
