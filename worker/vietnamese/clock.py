"""Vietnam's clock."""

from __future__ import annotations

from datetime import timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""Indochina Time, all year, in the whole country."""
