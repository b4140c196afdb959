"""Filing a page that is older than what is archived of it: other people's captures of years ago.

The article stays what its latest capture says. An older one moves `first_seen` back, its text becomes a revision where
no text like it is known, and it adds what no later one states (date, byline, source).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from worker.dedup.canonical import canonical
from worker.dedup.compare import text_of
from worker.dedup.groups import Groups
from worker.models import PageKind
from worker.store import articles, facts, rows, stated
from worker.store.filing import Filed, Filing, Outcome, _Last


@dataclass(slots=True)
class Elder(Filing):
    """One page on its way into the archive, fetched before the capture that the article there was read from."""

    @staticmethod
    def fits(page: Filing) -> bool:
        """Whether the article of the page's address was read from a later capture.

        Of two of one second the digest decides, here as in a rebuild, and not which of them was filed first.
        """
        _, row = page._address()
        if row is None:
            return False
        captures = stated.captures(page.connection, row[0])
        if not captures or captures[0].at != page._at:
            return bool(captures) and captures[0].at > page._at
        (digest,) = page.connection.execute(
            "SELECT digest FROM captures WHERE id = ?", [captures[0].capture]
        ).fetchone()
        return bool(digest > page.capture.digest)

    @classmethod
    def of(cls, page: Filing) -> Elder:
        """The same page, filed as an elder one."""
        return cls(page.connection, page.warc, page.chrome, page.page)

    def _last_if_repeated(self) -> _Last | None:
        """A capture of this address with the same payload, whenever it was."""
        row = self.connection.execute(
            f"SELECT {_Last.COLUMNS} FROM captures"  # noqa: S608  # our own column names
            " WHERE url = ? AND digest = ? AND status = ? ORDER BY fetched_at = ? DESC, fetched_at, id LIMIT 1",
            [self.capture.url, self.capture.digest, self.capture.status, self._at],
        ).fetchone()
        return _Last(*row) if row else None

    def _mark_links(self, state: str) -> None:
        """What became of a link since is known better."""

    def _mark_back(self, article_id: int | None) -> None:
        """So is whether its page is still there."""

    def _as_before(self, last: _Last, capture_id: int | None) -> Filed:
        filed = Filing._as_before(self, last, capture_id)  # slots make another class: super() without arguments fails
        self._take_over()
        return filed

    def _page(self, capture_id: int) -> Filed:
        url, row = self._address()
        article = self.refined.article
        is_article = self.refined.kind is PageKind.ARTICLE and self.capture.status == HTTPStatus.OK
        if row is None or article is None or not is_article:
            return Filed(outcome=Outcome.NOT_ARTICLE, url=url, capture_id=capture_id)
        stated.put_under(self.connection, row[0], capture_id)
        known = self.connection.execute(
            "SELECT title, body FROM articles WHERE id = ?"
            " UNION ALL SELECT title, body FROM revisions WHERE article = ?",
            [row[0], row[0]],
        ).fetchall()
        new = (article.title, article.body) not in known
        if new:
            values = {"article": row[0], "seen_at": self._at, "title": article.title, "body": article.body}
            rows.insert(self.connection, "revisions", values | {"digest": self.capture.digest, "capture": capture_id})
        self._take_over()
        outcome = Outcome.CHANGED if new else Outcome.UNCHANGED
        return Filed(outcome=outcome, url=url, article_id=row[0], capture_id=capture_id)

    def _take_over(self) -> None:
        """Let the article have been seen when this page was, and state what only this page does; its copies follow."""
        _, row = self._address()
        if row is None:
            return
        article_id, columns = row
        earlier, restated = self._seen_earlier(article_id), self._state(article_id, columns)
        if earlier or restated:
            text, groups = text_of(str(columns["title"]), str(columns["body"])), Groups(self.connection)
            groups.remove(article_id, text)
            groups.add(article_id, text)

    def _seen_earlier(self, article_id: int) -> bool:
        """Move the day back on which the article was first seen; whether that may make it its copies' original."""
        moved = self.connection.execute(
            "UPDATE articles SET first_seen = ?1 WHERE id = ?2 AND first_seen > ?1 RETURNING group_id",
            [self._at, article_id],
        ).fetchone()
        return moved is not None and moved[0] is not None

    def _state(self, article_id: int, columns: dict[str, object]) -> bool:
        """Let the article state what this page states and no later one; whether that decides on its copies."""
        article = self.refined.article
        if article is None:
            return False
        present = stated.stored(canonical(self.capture.url), columns)
        later = [one.states for one in stated.captures(self.connection, article_id) if one.at > self._at]
        known = frozenset[str]().union(*(stated.by(present) if states is None else states for states in later))
        whole = stated.taken_over(present, article, stated.by(article) - known)
        if whole == present:
            return False
        from worker.facts import extract

        articles.unindex(self.connection, article_id)
        after = articles.columns(whole)
        rows.update(self.connection, "articles", article_id, after)
        facts.put(self.connection, article_id, facts.rows(extract(whole, self.source)))
        articles.index(self.connection, article_id)
        return any(after[name] != columns[name] for name in articles.DECIDING)
