"""`worker status`: what is in the archive, what is due, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from worker.commands.counted import counted
from worker.commands.options import archive_option, json_option


@click.command()
@archive_option
@json_option
@click.pass_context
def status(context: click.Context, archive_dir: Path, as_json: bool) -> None:
    """Say what is in the archive, what is due and what is wrong. Exit status 1 when something is.

    \b
    worker status
    worker status --json
    """
    import shutil

    from worker.handover import takes_requests
    from worker.store import Archive, alarms, backup
    from worker.store import report as figures
    from worker.store.times import now, stamp
    from worker.watch.room import ENOUGH

    with Archive.open(archive_dir, write=False) as archive:
        report = archive.status()
        report["alarms"] = [
            {"source": one.source, "kind": one.kind, "message": one.message, "began": stamp(one.began)}
            for one in alarms.alarms(archive.connection)
        ]
        report["due"], report["next_run"] = figures.due_at_once(archive.connection)
        report["overdue"] = figures.overdue(archive.connection)
        report["last_day"] = figures.last_day(archive.connection)
        report["by_source"] = archive.source_status()
    report["service"] = takes_requests(archive_dir)
    report["free"] = shutil.disk_usage(archive_dir).free
    # The alarm of a full disk is the service's, and a disk without any room takes no alarm.
    report["full"] = report["free"] < ENOUGH or any(one["kind"] == "full" for one in report["alarms"])
    copied = backup.last(archive_dir)
    old = copied is not None and now() - copied.at > backup.OLD
    report["backup"] = {"at": stamp(copied.at), "to": copied.to, "old": old} if copied else None
    if as_json:
        import json

        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(archive_dir, report)
    wrong = (report["failing"], report["alarms"], report["overdue"], report["full"], old)
    context.exit(1 if any(wrong) else 0)


def _print(archive_dir: Path, report: dict[str, Any]) -> None:
    from worker.commands.times import local

    day, copied = report["last_day"], report["backup"]
    sources = counted(report["sources"], "source")
    click.secho(f"{archive_dir}", bold=True)
    rows = {
        "articles": f"{report['articles']} from {sources}, {counted(report['facts'], 'fact')}",
        "captures": f"{report['captures']} ({report['bytes'] / 1024**2:.1f} MB with WARC files)",
        "disk": f"{_room(report['free'])} free",
        "links": f"{report['backlog']} waiting, {report['failed_links']} failed",
        "last run": local(report["last_run"]),
        "next run": _next(report["due"], report["next_run"]),
        "last day": f"{counted(day['articles'], 'new article')}, {counted(day['runs'], 'visit')},"
        f" {day['failed']} failed, {day['skipped']} skipped, {day['late']} late",
        "service": _service(report),
        "backup": f"{local(copied['at'])} to {copied['to']}" if copied else "none yet",
    }
    for name, text in rows.items():
        click.echo(f"  {name:10} {text}")
    if report["overdue"]:
        what = "it makes no visit; see its log" if report["service"] else "no service runs; start it"
        click.secho(f"  overdue    visits are due since {local(report['overdue'])}: {what}", fg="red")
    if copied and copied["old"]:
        click.secho("  backup     the last one is older than eight days; see why no other was made", fg="red")
    if report["full"] and not any(alarm["kind"] == "full" for alarm in report["alarms"]):
        click.secho("  disk       there is too little room for the service to fetch anything; make some", fg="red")
    told = {alarm["source"] for alarm in report["alarms"] if alarm["kind"] == "failing"}
    for alarm in report["alarms"]:
        what = alarm["source"] or "the archive"
        click.secho(f"  alarm      {what}, {alarm['kind']} since {local(alarm['began'])}: {alarm['message']}", fg="red")
    for source in report["failing"]:
        if source["id"] not in told:
            since = local(source["failing_since"])
            click.secho(f"  failing    {source['id']} since {since}: {source['error']}", fg="red")


def _next(due: int, later: str | None) -> str:
    from worker.commands.times import local

    at_once = f"{counted(due, 'source')} at once" if due else ""
    return "; then ".join(filter(None, [at_once, later and local(later)])) or local(None)


def _room(free: int) -> str:
    return f"{free / 1024**3:.1f} GB" if free >= 1024**3 else f"{free / 1024**2:.0f} MB"


def _service(report: dict[str, Any]) -> str:
    if report["service"] or not report["writer"]:
        return report["writer"] or "not running"
    return f"not running; {report['writer']} writes the archive: a crawl, an import, or a service that begins"
