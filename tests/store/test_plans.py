"""What filing asks of the database: nothing that takes longer because the archive has grown."""

import re

import pytest

from tests.dedup.stories import BODY, OTHER_BODY, OTHER_TITLE, TITLE
from tests.store.pages import THANHMY, fact, opened, page

ALL_OF_IT = re.compile(r"SCAN (?!asked|sought|json_each|CONSTANT)|facts_of_kind|AUTOMATIC")
EVENT = {"name": "Đại hội đại biểu phụ nữ", "where": "xã Sông Lam", "host": "Hội LHPN xã"}


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path) as archive:
        yield archive


def told(body):
    name = body.split()[0]
    return [
        fact(body, name, "event", value=EVENT, date_start="2023-09-14", name=EVENT["name"]),
        fact(body, name, "person", value={"name": name, "role": "Chủ tịch"}, name=name),
        fact(body, name, "money", value={"vnd": 5}, number=5, year=2023, province="40", indicator="vay vốn"),
    ]


def test_no_statement_of_filing_reads_a_whole_table(archive):
    statements = []
    archive.file(*page(TITLE, BODY, facts=told(BODY)))
    archive.connection.set_trace_callback(statements.append)
    archive.file(*page(OTHER_TITLE, OTHER_BODY, facts=told(OTHER_BODY)))  # another article on the same event
    archive.file(*page(TITLE, BODY, of=THANHMY, facts=told(BODY)))  # a copy
    archive.file(*page(TITLE, BODY.replace("45", "46"), facts=told(BODY), hours=9))  # a later text
    archive.connection.set_trace_callback(None)
    plans = {}
    for statement in statements:
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)", statement) and "_fts" not in statement:
            with_numbers = archive.connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            plans[statement] = [str(line[3]) for line in with_numbers]
    assert len(plans) > 60
    assert not {sql: plan for sql, plan in plans.items() if ALL_OF_IT.search("\n".join(plan))}
