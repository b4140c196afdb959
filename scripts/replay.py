"""Replay an archive with pywb, and compare every payload with what the archive says of it.

python scripts/replay.py [archive] [--most 2000]

pywb is what libraries show web archives with. It is installed into an environment of its own (.tools/pywb): it asks for
old versions of libraries that the program has newer ones of. The archive's WARC files are given to it as they are, it
indexes them, serves them on 127.0.0.1, and is asked for each capture as it was recorded (the modifier id_). Exit
status 1 where one does not come back as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from urllib.request import Request, urlopen

PYWB = "pywb==2.10.0"
ROOT = Path(__file__).parent.parent
HOME = ROOT / ".tools" / "pywb"
_CAPTURES = """
SELECT c.url, c.fetched_at, coalesce(o.digest, c.digest)
FROM captures AS c LEFT JOIN captures AS o ON o.id = c.revisit_of
WHERE c.status = 200 AND c.warc_file GLOB 'news-*' ORDER BY c.id LIMIT ?
"""


def installed() -> Path:
    """The folder with pywb's programs."""
    programs = HOME / "bin"
    if not (programs / "wayback").exists():
        print(f"installing {PYWB} into {HOME} …")
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        subprocess.run([programs / "pip", "install", "--quiet", "--quiet", PYWB], check=True)
    return programs


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def served(programs: Path, folder: Path, archive: Path) -> tuple[subprocess.Popen[bytes], str]:
    """pywb with the archive's files as a collection; its process and address."""
    manager, quiet = programs / "wb-manager", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    files = sorted((archive / "warc").glob("news-*.warc.gz"))
    for command in (["init", "news"], ["add", "news", *map(str, files)]):
        subprocess.run([manager, *command], cwd=folder, check=True, **quiet)
    port = free_port()
    process = subprocess.Popen([programs / "wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=folder, **quiet)
    address = f"http://127.0.0.1:{port}/news"
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process, address
    process.kill()
    raise SystemExit("pywb did not start")


def differs(address: str, url: str, at: str, digest: str) -> str | None:
    """What is wrong with a replayed capture, if something is."""
    moment = datetime.fromisoformat(at).strftime("%Y%m%d%H%M%S")
    try:
        request = Request(f"{address}/{moment}id_/{url}", headers={"Accept-Encoding": "identity"})
        with urlopen(request, timeout=30) as answer:
            body, where = answer.read(), answer.url
    except OSError as error:
        return f"{url} of {at} is not replayed: {error}"
    if f"/{moment}id_/" not in where:
        return f"{url} of {at} is replayed as {where}"
    return None if f"sha256:{hashlib.sha256(body).hexdigest()}" == digest else f"{url} of {at} has another payload"


def main() -> None:
    """Replay, compare, and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=ROOT / "archive")
    parser.add_argument("--most", type=int, default=2000, help="captures that are compared, at most")
    told = parser.parse_args()
    with sqlite3.connect(f"{(told.archive / 'news.db').resolve().as_uri()}?mode=ro", uri=True) as connection:
        captures = connection.execute(_CAPTURES, [told.most]).fetchall()
    programs = installed()
    with tempfile.TemporaryDirectory() as folder:
        process, address = served(programs, Path(folder), told.archive.resolve())
        try:
            problems = [problem for row in captures if (problem := differs(address, *row))]
        finally:
            process.terminate()
            process.wait()
    for problem in problems:
        print(problem)
    print(f"{len(captures) - len(problems)} of {len(captures)} captures came back from pywb as they were")
    sys.exit(1 if problems or not captures else 0)


if __name__ == "__main__":
    main()
