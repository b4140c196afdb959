"""Groups: the copies of one article, around the article that they were made from.

A group is a star. Its canonical article is the earliest complete one, preferring one whose source the others name; the
members are copies of *it*, not of one another, so a shared resolution or a chain of excerpts never ties strangers
together. Who comes later may be the better original: then the group is drawn anew around it.

Everything here happens inside the transaction of the page that is being filed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from worker.dedup import index
from worker.dedup.apart import unless_apart
from worker.dedup.compare import LONGEST_KEPT, RELATED, Comparison, Text, compare, text_of
from worker.dedup.events import same_event, tellers_after
from worker.dedup.original import Member, evidence, original
from worker.dedup.shingles import expected

MOST_REDRAWN = 60
"""Members up to which a group is drawn anew; one that large has its original already."""

MOST_RELATED = 5
"""Articles that one is related to, the nearest first."""

MOST_EQUAL = 50
"""Articles of equal text that are looked at."""

_EVENT_TIES = """
SELECT DISTINCT g.id, g.canonical, tied.article, tied.similarity, tied.evidence
FROM group_members AS mine JOIN groups AS g ON g.id = mine.group_id AND g.kind = 'related'
JOIN group_members AS tied ON tied.group_id = g.id AND tied.evidence ->> 'event' IS NOT NULL
WHERE mine.article IN (SELECT value FROM json_each(?)) AND mine.article IN (tied.article, g.canonical)"""


class Groups:
    """Finds the copies of an article that is being filed, and keeps the groups.

    So many of the texts that were filed `lately` are kept; only for who changes no text meanwhile.
    """

    def __init__(self, connection: sqlite3.Connection, *, lately: int = 0) -> None:
        self._connection = connection
        self._texts: dict[int, Text] = {}
        self._lately: dict[int, Text] = {}
        self._most = lately
        self._untied: list[int] | None = None  # who lost their tie with the article that was taken out

    def add(self, article: int, text: Text) -> None:
        """File an article in the index, and put it into the group of its copies, if it has any.

        One that was taken out before, to be corrected, comes back to those that were filed after it, too.
        """
        self._texts = {article: text}
        shared = index.lookup(self._connection, text.sought)
        index.add(self._connection, article, text.kept, shared.filed)
        found = self._compared(article, text, self._likely(article, text, shared))
        copies = [other for other, comparison in found.items() if comparison.are_copies]
        if copies:
            self._join(article, copies)
        self._relate(article, found)
        if self._untied is not None:
            for other in dict.fromkeys([*self._untied, *tellers_after(self._connection, article)]):
                self._relate(other, {article: self._compare(other, article)})
            self._untied = None
        self._texts = {}
        self._keep(article, text)

    def remove(self, article: int, text: Text) -> None:
        """Take an article, with the text that it was filed with, out of the index and its groups."""
        index.remove(self._connection, article, text.kept)
        self._untied = []
        for group, kind, canonical in self._connection.execute(
            "SELECT id, kind, canonical FROM group_members JOIN groups ON groups.id = group_id WHERE article = ?",
            [article],
        ).fetchall():
            if kind == "related" and canonical == article:
                self._untied += [one for one in self._articles_of(group) if one != article][:MOST_REDRAWN]
                self._dissolve(group)
            else:
                self._leave(group, article)

    def _keep(self, article: int, text: Text) -> None:
        if self._most and len(text.shingles) <= LONGEST_KEPT:
            self._lately[article] = text
            if len(self._lately) > self._most:
                del self._lately[next(iter(self._lately))]

    # Finding

    def _compared(self, article: int, text: Text, likely: list[int]) -> dict[int, Comparison]:
        """The articles that may be copies or relatives, each compared with the text.

        Of a group the canonical article is compared, whichever member was found: a copy is one of that.
        """
        equal = self._connection.execute(
            "SELECT id FROM articles WHERE fingerprint = ? AND id <> ? ORDER BY id LIMIT ?",
            [text.fingerprint, article, MOST_EQUAL],
        )
        alike = [*(other for (other,) in equal), *likely]
        canonicals = self._canonicals(alike)
        centres = dict.fromkeys(canonicals.get(other, other) for other in alike)
        return {other: self._compare(article, other) for other in centres if other != article}

    def _likely(self, article: int, text: Text, shared: index.Found) -> list[int]:
        """The articles that are worth a look: they share what few others have, or most of what is kept of them."""
        rare = sorted((-weight, other) for other, weight in shared.rare.items() if weight >= index.RARE)
        common = [other for other, _ in shared.votes.most_common(index.CANDIDATES)]
        best = list(dict.fromkeys([*(other for _, other in rare[: index.CANDIDATES]), *common]))
        words = dict(
            self._connection.execute(
                "SELECT id, words FROM articles WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(best)]
            )
        )
        likely = []
        for other in best:
            kept = expected(words[other]) * min(1, text.words / max(1, words[other]))
            share = shared.votes[other] / max(1, kept)
            if (
                other != article
                and share >= RELATED / 2
                and (shared.rare.get(other, 0.0) >= index.RARE or share >= index.LIKELY)
            ):
                likely.append(other)
        return likely[: index.CANDIDATES]

    def _canonicals(self, articles: Iterable[int]) -> dict[int, int]:
        """The canonical article of each article's copies, where it has any."""
        return dict(
            self._connection.execute(
                "SELECT articles.id, canonical FROM articles JOIN groups ON groups.id = group_id"
                " WHERE articles.id IN (SELECT value FROM json_each(?))",
                [json.dumps(list(articles))],
            )
        )

    def _text(self, article: int) -> Text:
        if (text := self._lately.get(article)) is not None:
            return text
        if article not in self._texts:
            row = self._connection.execute("SELECT title, body FROM articles WHERE id = ?", [article]).fetchone()
            self._texts[article] = text_of(*row)
        return self._texts[article]

    def _are_copies(self, one: int, other: int) -> bool:
        return self._compare(one, other).are_copies

    def _compare(self, one: int, other: int) -> Comparison:
        a, b = self._text(one), self._text(other)
        comparison = compare(a, b)
        if not comparison.are_copies:  # then no day changes anything
            return comparison
        days = self._connection.execute(
            "SELECT (SELECT published FROM articles WHERE id = ?), (SELECT published FROM articles WHERE id = ?)",
            [one, other],
        ).fetchone()
        return unless_apart(comparison, a, b, *days)

    # Copies

    def _join(self, article: int, stars: list[int]) -> None:
        """Put an article into the star of its copies, or draw their stars anew where it is the better centre.

        `stars` are their centres, or articles that have had no copies so far.
        """
        members = self._members([article, *stars])
        centre = original([members[one] for one in (article, *stars)])
        if centre == article:
            merged = stars
        else:
            merged = [star for star in stars if star == centre or self._are_copies(centre, star)]
        everyone = {article}
        groups = {group for one in merged if (group := members[one].group) is not None}
        for group in groups:
            everyone.update(self._articles_of(group))
        everyone.update(merged)
        large = len(everyone) > MOST_REDRAWN and bool(groups)
        if large or (len(groups) == 1 and len(merged) == 1 and self._stays(merged[0], everyone)):
            self._append(min(groups), article)
        else:
            self._draw(sorted(everyone), groups)

    def _stays(self, centre: int, everyone: set[int]) -> bool:
        """Whether a group that grew keeps its canonical article."""
        return original(list(self._members(everyone).values())) == centre

    def _draw(self, articles: list[int], groups: set[int]) -> None:
        """Draw one group around the canonical one of the articles; who is no copy of that one stays outside."""
        members = self._members(articles)
        centre = original(list(members.values()))
        compared = {one: self._compare(centre, one) for one in articles if one != centre}
        inside = {one: comparison for one, comparison in compared.items() if comparison.are_copies}
        outside = [one for one in compared if one not in inside]
        for group in groups:
            self._clear(group)
        if inside:
            self._put_star(members, centre, inside, groups)
        else:  # the centre that they had in common has left
            self._connection.executemany("DELETE FROM groups WHERE id = ?", [(group,) for group in groups])
        if len(outside) < len(articles):
            self._regroup(outside)

    def _put_star(
        self, members: dict[int, Member], centre: int, inside: dict[int, Comparison], groups: set[int]
    ) -> None:
        """Write one group with its centre, in the place of those groups or as a new one."""
        kept = min(groups) if groups else self._new_group("near", centre)
        for group in groups:
            if group != kept:
                self._connection.execute("DELETE FROM groups WHERE id = ?", [group])
        kind = "same" if all(comparison.verdict == "same" for comparison in inside.values()) else "near"
        self._connection.execute("UPDATE groups SET kind = ?, canonical = ? WHERE id = ?", [kind, centre, kept])
        self._put(kept, centre, 1.0, {})
        for one, comparison in inside.items():
            self._put(kept, one, comparison.containment, evidence(members[one], members[centre], comparison))
        self._hand_over(set(inside), centre)

    def _regroup(self, articles: list[int]) -> None:
        """Those that fell out of a group: copies of one another among them get a group of their own.

        So many times a centre is looked for, then the rest stay alone until they are rebuilt: what shares nothing but
        one long page would be compared with each other without end.
        """
        for _ in range(MOST_REDRAWN):
            if len(articles) < 2:
                return
            centre = original(list(self._members(articles).values()))
            near = [one for one in articles if one == centre or self._are_copies(centre, one)]
            if len(near) > 1:
                self._draw(near, set())
            articles = [one for one in articles if one not in near]

    def _append(self, group: int, article: int) -> None:
        """Add an article to a large group, as it stands."""
        (centre,) = self._connection.execute("SELECT canonical FROM groups WHERE id = ?", [group]).fetchone()
        comparison = self._compare(centre, article)
        if comparison.are_copies:
            members = self._members([article, centre])
            self._put(group, article, comparison.containment, evidence(members[article], members[centre], comparison))
            if comparison.verdict == "near":
                self._connection.execute("UPDATE groups SET kind = 'near' WHERE id = ?", [group])

    def _leave(self, group: int, article: int) -> None:
        """Take one article out of a group, and find the others a new centre where it was theirs."""
        self._connection.execute("DELETE FROM group_members WHERE group_id = ? AND article = ?", [group, article])
        self._connection.execute("UPDATE articles SET group_id = NULL WHERE id = ? AND group_id = ?", [article, group])
        rest = self._articles_of(group)
        kind, canonical = self._connection.execute(
            "SELECT kind, canonical FROM groups WHERE id = ?", [group]
        ).fetchone()
        if len(rest) < 2:
            self._dissolve(group)
        elif kind != "related" and canonical == article:
            self._texts = {}
            self._draw(rest, {group})
            self._texts = {}

    # Relatives

    def _relate(self, article: int, found: dict[int, Comparison]) -> None:
        """Tie an article to those it shares a part with, and to the first one that told of the same event."""
        own = self._canonicals([article]).get(article, article)
        ties: dict[int, tuple[float, dict[str, object]]] = {}
        related = {other: one for other, one in found.items() if one.verdict == "related" and other != own}
        for other in sorted(related, key=lambda other: (-related[other].containment, other))[:MOST_RELATED]:
            containment = round(related[other].containment, 3)
            ties[other] = containment, {"shared": related[other].shared, "containment": containment}
        if own == article and (told := same_event(self._connection, article)):
            first = self._canonicals([told[0]]).get(told[0], told[0])
            if first != own:
                similarity, part = ties.get(first, (0.0, {}))
                ties[first] = similarity, part | told[1]
        for other, (similarity, why) in ties.items():
            centre, member = (other, article) if "event" in why else sorted((article, other))
            self._tie(centre, member, similarity, why)

    def _hand_over(self, copies: set[int], original: int) -> None:
        """Who is tied to a copy because both tell of one event, is tied to its original instead."""
        ties = self._connection.execute(_EVENT_TIES, [json.dumps(sorted(copies))]).fetchall()
        for group, centre, member, similarity, why in ties:
            self._leave(group, member)
            other = member if centre in copies else centre
            if other != original and other not in copies:
                self._tie(original, other, similarity, json.loads(why))

    def _tie(self, centre: int, member: int, similarity: float, why: dict[str, object]) -> None:
        """Relate two articles that are no copies; of those of one event the centre is the first that told of it."""
        row = self._connection.execute(
            "SELECT id FROM groups WHERE canonical = ? AND kind = 'related'", [centre]
        ).fetchone()
        group = row[0] if row else self._new_group("related", centre)
        if not row:
            self._member(group, centre, 1.0, {})
        self._member(group, member, similarity, why)

    # Rows

    def _members(self, articles: Iterable[int]) -> dict[int, Member]:
        rows = self._connection.execute(
            "SELECT a.id, a.title, a.words, coalesce(a.published, a.first_seen), a.first_seen, a.origin,"
            " a.source, s.name, s.home, a.group_id FROM articles AS a JOIN sources AS s ON s.id = a.source"
            " WHERE a.id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(articles))],
        )
        return {row[0]: Member(*row) for row in rows}

    def _articles_of(self, group: int) -> list[int]:
        rows = self._connection.execute(
            "SELECT article FROM group_members WHERE group_id = ? ORDER BY article", [group]
        )
        return [article for (article,) in rows]

    def _new_group(self, kind: str, canonical: int) -> int:
        cursor = self._connection.execute("INSERT INTO groups (kind, canonical) VALUES (?, ?)", [kind, canonical])
        return int(cursor.lastrowid or 0)

    def _put(self, group: int, article: int, similarity: float, why: dict[str, object]) -> None:
        self._member(group, article, similarity, why)
        self._connection.execute("UPDATE articles SET group_id = ? WHERE id = ?", [group, article])

    def _member(self, group: int, article: int, similarity: float, why: dict[str, object]) -> None:
        self._connection.execute(
            "INSERT INTO group_members (group_id, article, similarity, evidence) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET similarity = excluded.similarity, evidence = excluded.evidence",
            [group, article, round(similarity, 4), json.dumps(why, ensure_ascii=False)],
        )

    def _clear(self, group: int) -> None:
        self._connection.execute("DELETE FROM group_members WHERE group_id = ?", [group])
        self._connection.execute("UPDATE articles SET group_id = NULL WHERE group_id = ?", [group])

    def _dissolve(self, group: int) -> None:
        self._clear(group)
        self._connection.execute("DELETE FROM groups WHERE id = ?", [group])
