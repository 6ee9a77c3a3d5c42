"""How a private server is told to run."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.workshop.database.layout import Layout
from bot.workshop.database.programs import Programs

MIB = 1 << 20

# Both the server and the program that makes its data folder get these, so that they agree on the files' shapes.
SMALL = ("--innodb-log-file-size=48M", "--innodb-autoextend-increment=8", "--innodb-buffer-pool-size=128M")
SMALL_AND_FAST = ("--innodb-log-file-size=16M", "--innodb-autoextend-increment=4", "--innodb-buffer-pool-size=64M")

# An acknowledged commit is on the disk before the acknowledgement.
DURABLE = ("--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=ON")

# The same InnoDB, for data that nobody will miss.
CARELESS = ("--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=OFF")


def create_command(programs: Programs, data: str, *, fast: bool) -> list[str | Path]:
    """The command that makes a new data folder.

    Args:
        programs: Where MariaDB is.
        data: The folder, as seen from the command's working directory and without a space: the script that this runs
            does not quote it everywhere.
        fast: Whether nobody will miss the data.
    """
    return [
        programs.creator,
        "--no-defaults",
        f"--datadir={data}",
        "--tmpdir=.",  # its own: a starting server removes every temporary table that it finds there
        "--auth-root-authentication-method=socket",
        "--auth-root-socket-user=root",
        "--skip-test-db",
        "--skip-name-resolve",
        *(SMALL_AND_FAST if fast else SMALL),
        *_user_when_root(),
    ]


def run_command(
    programs: Programs, layout: Layout, *, time_zone: str, statements: Path, fast: bool, options: Sequence[str] = ()
) -> list[str | Path]:
    """The command that runs the server; its working directory must be the data folder.

    Args:
        programs: Where MariaDB is.
        layout: Where its files are.
        time_zone: The offset in which the database writes times, such as "+08:00".
        statements: A file of SQL to run before the first connection.
        fast: Whether nobody will miss the data.
        options: More of the server's options, which win over those here.
    """
    return [
        programs.server,
        "--no-defaults",  # the machine's own option files are for the machine's own server
        f"--datadir={layout.data}",
        "--tmpdir=../tmp",  # its own; relative, since MariaDB takes a colon in it for the next folder
        f"--socket={layout.socket}",
        f"--pid-file={layout.pid}",
        f"--log-error={layout.log}",
        f"--init-file={statements}",
        "--skip-networking",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--local-infile=OFF",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_unicode_520_ci",
        f"--default-time-zone={time_zone}",
        "--event-scheduler=ON",
        "--max-connections=200",
        f"--max-allowed-packet={64 * MIB}",
        "--key-buffer-size=1M",
        "--aria-pagecache-buffer-size=8M",
        *(SMALL_AND_FAST if fast else SMALL),
        *(CARELESS if fast else DURABLE),
        *options,
        *_user_when_root(),
    ]


def _user_when_root() -> list[str]:
    """MariaDB runs as root only when told so.

    `loose-` keeps `mariadb-install-db` from reading the option as well: it would give the machine's own PAM plugin
    another owner.
    """
    return ["--loose-user=root"] if os.geteuid() == 0 else []
