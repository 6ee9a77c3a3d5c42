"""Become another program that ends when the process that started it ends, however that ends.

Run as a file: `python -I -S tied.py PARENT PROGRAM ARGUMENT...`. It imports nothing of ours, so it is ready at once.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, program: list[str]) -> None:
    """Ask the kernel to be killed with the parent, and become the program.

    SIGKILL, not SIGTERM: a server that is told to stop while it is still starting can hang for good, and one that is
    killed loses nothing that it acknowledged.

    Args:
        parent: The process whose life this one shares.
        program: What to become, with its arguments.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended before the kernel knew of our wish
        sys.exit(1)
    os.execv(program[0], program)  # noqa: S606 - the caller's own list of arguments, no shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
