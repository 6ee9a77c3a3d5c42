"""Exit codes, and the failure that carries one."""

FOUND_WRONG = 1
WRONG_USE = 2
MISSING = 69
BUG = 70


class Failure(Exception):
    """A command cannot go on; the message says what to do.

    Attributes:
        code: The exit code.
    """

    def __init__(self, message: str, code: int = FOUND_WRONG) -> None:
        super().__init__(message)
        self.code = code
