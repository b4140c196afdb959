"""What is otherwise in the archive that the session's second server shows: everything that the seeds have none of.

Article 3 is nearly article 2, which has an earlier text; articles 4 and 5 tell the same thing, and the day of the same
meeting, differently; a source fails, and another is unusually silent; article 1 names a person who holds no office, in
its title, too, as does that of article 3.
"""

import json

NAME = "Nguyễn Thị Kín"
FACT, ENTITY = 900_001, 900_002
VALUE = json.dumps({"name": NAME, "role": "hội viên", "org": "Chi hội 1", "private": True})

COPIES = (
    "INSERT INTO groups (id, kind, canonical) VALUES (77, 'near', 2)",
    "INSERT INTO group_members VALUES (77, 2, 1, '{}'), (77, 3, 0.91, '{\"copy_of\": 2}')",
    "UPDATE articles SET group_id = 77 WHERE id IN (2, 3)",
    "INSERT INTO revisions (article, seen_at, title, body, digest, capture)"
    " SELECT id, '2026-01-02T03:04:05Z', title, replace(body, '3.037 cháu', '3.000 cháu'), 'd', capture"
    " FROM articles WHERE id = 2",
)

FAILING = (
    "UPDATE sources SET health = 'failing', failing_since = '2026-11-18T02:00:00Z' WHERE id = 'baophunuthudo'",
    'INSERT INTO runs (source, "trigger", started, outcome, error)'
    " VALUES ('baophunuthudo', 'schedule', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '1 minute'), 'failed',"
    " 'Chứng chỉ của trang đã hết hạn')",
)

_TOLD = "indicator = 'members_total', province = '77', year = 2020, scope = 'sentence', number = {0}"
_VALUE = """value = '{{"value": {0}, "unit": "người", "org": "Hội LHPN tỉnh"}}'"""
_FIRST = "(SELECT min(id) FROM facts WHERE kind = 'quantity' AND part = 'body' AND article = {1})"
TOLD_TWICE = tuple(
    f"UPDATE facts SET {_TOLD}, {_VALUE} WHERE id = {_FIRST}".format(number, article)
    for number, article in ((3037, 5), (3000, 4))
)

MEETING = "Lễ phát động Tháng hành động vì bình đẳng giới toàn tỉnh"
TOLD_ON_TWO_DAYS = tuple(
    'INSERT INTO facts (article, kind, text, part, start, "end", value, date_start, date_end, rule, confidence,'
    " province)"
    f" SELECT id, 'event', substr(body, 1, 20), 'body', 0, 20, '{json.dumps({'name': MEETING, 'when': day})}',"
    f" '{day}', '{day}', 'test', 1, '33' FROM articles WHERE id = {article}"
    for article, day in ((4, "2023-11-15"), (5, "2023-11-16"))
)

SILENT = (
    "INSERT INTO alarms (source, kind, message, began) VALUES"
    " ('hoilhpn-phuyen', 'silent', 'nothing new for 40 days, where 9 were the longest', '2026-11-20T02:00:00Z')",
    "INSERT INTO alarms (source, kind, message, began, ended) VALUES"
    " ('baogialai', 'undated', '9 of the newest 10 articles have no date', '2026-10-01T02:00:00Z',"
    " '2026-10-09T02:00:00Z')",
)

INDICATOR = (
    "UPDATE facts SET indicator = 'tre_mo_coi', province = '33', year = 2022"
    " WHERE kind = 'quantity' AND article = 2 AND number > 0",
)

PRIVATE = (
    f"UPDATE articles SET title = title || ' – {NAME}' WHERE id IN (1, 3)",
    f"UPDATE articles SET body = body || char(10) || '{NAME} được trao nhà.' WHERE id = 1",
    "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')",
    f"INSERT INTO entities (id, kind, name, key, folded) VALUES ({ENTITY}, 'person', '{NAME}', 'k', 'k')",
    'INSERT INTO facts (id, article, kind, text, part, start, "end", value, entity, rule, confidence)'
    f" SELECT {FACT}, 1, 'person', '{NAME}', 'body', instr(body, '{NAME}') - 1,"
    f" instr(body, '{NAME}') - 1 + length('{NAME}'), '{VALUE}', {ENTITY}, 'test', 1 FROM articles WHERE id = 1",
    'INSERT INTO facts (article, kind, text, part, start, "end", value, rule, confidence)'
    f" SELECT id, 'person', '{NAME}', 'title', length(title) - length('{NAME}'), length(title), '{VALUE}', 'test', 1"
    " FROM articles WHERE id IN (1, 3)",
)

STATEMENTS = (*COPIES, *FAILING, *SILENT, *TOLD_TWICE, *TOLD_ON_TWO_DAYS, *INDICATOR, *PRIVATE)
