"""What the schema tools could not do, with what to do about it."""


class SchemaError(Exception):
    """A schema tool could not do its work.

    Attributes:
        problem: What went wrong, one sentence.
        what_to_do: The one thing to do about it.
    """

    def __init__(self, problem: str, what_to_do: str) -> None:
        sentence = problem if problem.endswith((".", "!", "?")) else f"{problem}."
        super().__init__(f"{sentence} {what_to_do}".strip())
        self.problem = problem
        self.what_to_do = what_to_do


class StatementFailed(SchemaError):
    """A statement of a script failed.

    Attributes:
        script: The file it stands in.
        line: On which line it begins.
        number: The server's number of the error, 0 where it gave none.
    """

    def __init__(self, script: str, line: int, number: int, said: str, what_to_do: str) -> None:
        super().__init__(f"{script}, line {line}: {said}", what_to_do)
        self.script = script
        self.line = line
        self.number = number


class ToolMissing(SchemaError):
    """A program that a schema tool needs is not installed."""


class Busy(SchemaError):
    """Somebody else changes the schema at this moment."""


class NotEmpty(SchemaError):
    """The database to restore into holds something already."""


class BadBackup(SchemaError):
    """A file is no backup, or only a part of one."""
