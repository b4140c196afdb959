"""A process that files pages until something stops it: `python -m tests.store.faults ARCHIVE`.

It prints each page's number once its row is committed, so whoever killed it knows what must be there. With a limit in
bytes as the second argument, no file of its may grow beyond that, as on a full disk.
"""

import resource
import signal
import sys
from pathlib import Path

from tests.dedup.stories import BODY, OTHER_BODY, shuffled
from tests.store.pages import SONGLAM, THANHMY, fact, opened, page
from worker.store import ArchiveError

PAGES = 400


def numbered(number: int, hours: float = 0):
    """Pages that are different, copies of one another, or later texts of an earlier page."""
    body = (BODY, OTHER_BODY, shuffled(BODY))[number % 3]
    body = f"{body}\nTin thứ {'i' * (number % 40)} trong ngày, biên tập {number} lần."
    of = (SONGLAM, THANHMY)[number % 2]
    facts = [fact(body, "trong ngày", "date"), fact(body, f"{number} lần", "quantity", number=number)]
    url = f"{of.home}{number % 250}.html"
    return page(f"Bài số {number}", body, url=url, of=of, facts=facts, hours=hours + number)


def main() -> None:
    if len(sys.argv) > 2:
        limit = int(sys.argv[2])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    with opened(Path(sys.argv[1])) as archive:
        for number in range(PAGES):
            try:
                archive.file(*numbered(number))
            except ArchiveError as error:
                sys.stdout.write(f"stopped: {error}\n")
                sys.exit(3)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
