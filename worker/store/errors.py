"""What can be wrong with an archive. Every message is one sentence for the person who runs the program."""

# ruff: noqa: N818  # the names say what is the matter; that it is an error, the class above them does

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be used; the message says what, where and what to do."""


class ArchiveLocked(ArchiveError):
    """Another process writes to this archive."""


class ArchiveTooNew(ArchiveError):
    """A newer program made this archive."""


class ArchiveUnwritable(ArchiveError):
    """The archive's directory or files cannot be written."""


class ArchiveFull(ArchiveError):
    """The disk has no room left; nothing of the page in hand was kept."""


class ArchiveMissing(ArchiveError):
    """There is no archive to read."""


class ArchiveDamaged(ArchiveError):
    """A file of the archive is not what it should be."""
