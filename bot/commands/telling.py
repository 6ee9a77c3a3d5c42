"""What the `db` sub-commands say: progress while they work, and what they did."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from repository.files.rekeying import Rekeyed
from repository.schema.backup.backup import BackedUp
from repository.schema.backup.restore import Restored
from repository.schema.base.loader import Made, Refusal
from repository.schema.base.session import Progress as Told
from repository.schema.base.session import Step, quiet
from repository.schema.change.init import Created
from repository.schema.change.upgrades import BroughtUp
from repository.schema.check.findings import UNSEEN, Finding


@contextmanager
def progress(*, hidden: bool = False) -> Iterator[Told]:
    """Whom to tell about steps: a bar where a person watches, else a line for each thing begun; on standard error.

    Args:
        hidden: Whether nobody wants to know.
    """
    if hidden:
        yield quiet
    elif sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda step: bar.update(task, description=step.what, completed=step.done, total=step.total or None)
    else:
        yield _Lines().tell


class _Lines:
    """A line when something new begins, for logs."""

    def __init__(self) -> None:
        self._last = ""

    def tell(self, step: Step) -> None:
        if step.what != self._last:
            self._last = step.what
            click.echo(f"  {step.what}", err=True)


def rekeyed(done: Rekeyed) -> list[str]:
    """What `db rekey-files` did, a line each."""
    lines = [f"{done.done} {'file has' if done.done == 1 else 'files have'} the first key of FILES_KEY now."]
    if done.lost:
        shown = ", ".join(map(str, done.lost[:10])) + (", ..." if len(done.lost) > 10 else "")
        lines.append(f"{len(done.lost)} do not open, since their key is not in FILES_KEY: stored_files.id {shown}.")
        lines.append("Add the key that they were sealed with behind a comma, and run it again.")
    else:
        lines.append("Older keys can be taken out of FILES_KEY.")
    return lines


def created(done: Created) -> list[str]:
    """What `db init` did, a line each."""
    there = "was there" if done.was_there else "created"
    lines = [f"Database {done.database}: {there}, on {done.server}."]
    lines += _objects(done.made, done.upgrades, done.refused, program_runs_jobs=done.program_runs_jobs)
    if done.account is not None:
        outcome = "created" if done.account.outcome == "created" else "was there, its password is as it was"
        added = f"; given {', '.join(done.account.added)}" if done.account.added else ""
        lines.append(f"Account {done.account.account}: {outcome}{added}.")
        lines += [f"  It may do more than it needs: {right}" for right in done.account.excess]
    return [*lines, f"Done in {done.seconds:.1f} s."]


def brought_up(done: BroughtUp) -> list[str]:
    """What `db upgrade` did, a line each."""
    return _objects(done.made, done.upgrades, done.refused, program_runs_jobs=done.program_runs_jobs)


def backed_up(done: BackedUp) -> list[str]:
    """What `db backup` wrote."""
    held = f"{done.tables} tables, {done.rows:,} rows, {done.objects} views, procedures, triggers and events"
    return [f"{done.file}: {held}; {_size(done.size)} in {done.seconds:.1f} s."]


def restored(done: Restored) -> list[str]:
    """What `db restore` loaded, a line each."""
    held = f"{done.tables} tables, {done.rows:,} rows, {done.objects} views, procedures, triggers and events"
    lines = [f"Database {done.database}: {held}, in {done.seconds:.1f} s."]
    if done.events_off:
        lines.append(
            f"Switched off, since another database of this server runs the same: {', '.join(done.events_off)}."
            " Switch them on with ALTER EVENT ... ENABLE once the other is gone."
        )
    return lines


def findings(checked: Sequence[Finding]) -> list[str]:
    """What a check found, a line each, what to do below it, and a summary."""
    lines = []
    for finding in checked:
        mark = click.style("ok   ", fg="green") if finding.ok else click.style("WRONG", fg="red")
        if finding.kind == UNSEEN:
            mark = click.style("?    ", fg="yellow")
        lines.append(f"{mark} {finding.kind:13} {finding.name}: {finding.message}")
        if not finding.ok and finding.what_to_do:
            lines.append(f"      {finding.what_to_do}")
    unseen = sum(1 for finding in checked if finding.kind == UNSEEN)
    wrong = sum(1 for finding in checked if not finding.ok) - unseen
    right = len(checked) - wrong - unseen
    if unseen:
        return [*lines, f"{right} right, {wrong or 'none'} wrong; not everything was looked at."]
    return [*lines, f"{right} right, {wrong} wrong." if wrong else f"All {len(checked)} right."]


def _objects(
    made: Sequence[Made], upgrades: Sequence[str], refused: Sequence[Refusal], *, program_runs_jobs: bool
) -> list[str]:
    lines = [f"Upgrade {upgrade}: run." for upgrade in upgrades]
    words = {"created": "made", "replaced": "made again", "present": "there already"}
    for outcome, word in words.items():
        kinds = Counter(each.item.kind for each in made if each.outcome == outcome)
        if kinds:
            counts = ", ".join(f"{number} {kind}{'s' if number > 1 else ''}" for kind, number in sorted(kinds.items()))
            lines.append(f"{word.capitalize()}: {counts}.")
    lines += [f"Not permitted here: {each.what} ({each.why})" for each in refused]
    if program_runs_jobs:
        lines.append("The server's events are off or not permitted: `serve` and `work` do their jobs.")
    return lines


def _size(size: int) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size //= 1000
    return f"{size} GB"
