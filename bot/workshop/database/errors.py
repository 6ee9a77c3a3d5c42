"""Why the private server cannot be had: facts as attributes, and a message that says the one thing to do."""

from pathlib import Path


class ServerError(Exception):
    """The private server cannot be used."""


class ServerMissing(ServerError):
    """A program that the private server needs is not on this machine.

    Attributes:
        programs: The names that were looked for and not found.
        packages: The packages of Debian that hold them.
    """

    def __init__(self, programs: tuple[str, ...], packages: tuple[str, ...]) -> None:
        self.programs = programs
        self.packages = packages
        names = " and ".join(filter(None, (", ".join(programs[:-1]), programs[-1])))
        super().__init__(f"{names} not found. Run: {self.remedy}")

    @property
    def remedy(self) -> str:
        """The one line that installs what is missing."""
        return f"apt-get install -y --no-install-recommends {' '.join(self.packages)}"


class ServerFailed(ServerError):
    """The server did not start, or does not do as asked.

    Attributes:
        reason: What went wrong, one sentence.
        log: The file to read on in, where there is one.
        log_tail: What the server wrote there last, oldest line first.
    """

    def __init__(self, reason: str, *, log: Path | None = None, log_tail: tuple[str, ...] = ()) -> None:
        self.reason = reason
        self.log = log
        self.log_tail = log_tail
        where = [f"The end of {log}:"] if log is not None and log_tail else []
        super().__init__("\n".join([reason, *where, *(f"  {line}" for line in log_tail)]))
