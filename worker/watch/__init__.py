"""Noticing that something broke: what is normal for a source, alarms when it is not, and telling someone."""
