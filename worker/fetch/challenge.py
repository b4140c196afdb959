"""Pages that are none: a first answer whose script sets a cookie and loads the page again.

Some Vietnamese newspapers answer a first visit so, to keep the crudest floods off. The cookie stands in the script in
plain text; a browser sets it and comes back, and so does this. A challenge that computes anything is not solved: it is
archived as what it is, and cleaning names it.
"""

from __future__ import annotations

import re

_LARGEST = 4096  # bytes of such a page; anything longer is a page with something to read

_COOKIE = re.compile(
    rb"""document\.cookie\s{0,3}=\s{0,3}["']([\w.-]{1,64})=([\w.%+/=-]{1,512})\s{0,3}(?:;[^"'\n]{0,200})?["']"""
    rb"""(?=\s{0,3}[;<\n])"""  # whole as it stands: what is put together is not read
)
_AGAIN = re.compile(rb"""location\.(?:reload|replace|href)|window\.location|http-equiv=["']?refresh""", re.IGNORECASE)


def cookie(status: int, body: bytes) -> tuple[str, str] | None:
    """Name and value of the cookie that a page sets by script before it loads itself again, or None.

    >>> cookie(200, b'<script>document.cookie="D1N=1a2b;path=/";window.location.reload()</script>')
    ('D1N', '1a2b')
    """
    if status != 200 or len(body) > _LARGEST or not _AGAIN.search(body):
        return None
    match = _COOKIE.search(body)
    return (match[1].decode("ascii"), match[2].decode("ascii")) if match else None
