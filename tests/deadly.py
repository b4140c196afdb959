"""Work that ends the process that does it. A module of its own: every process that is begun has to import it."""

import os
import signal


def halved(items, folder):
    """Halves numbers; those in `folder`/deadly end the process, and a file `folder`/no-memory ends it at any number.

    Each process that is begun leaves a file.
    """
    (folder / f"process-{os.getpid()}").touch()
    deadly = {int(text) for text in (folder / "deadly").read_text().split()}
    if (folder / "no-memory").exists() or deadly.intersection(items):
        os.kill(os.getpid(), signal.SIGKILL)
    return [item / 2 for item in items]
