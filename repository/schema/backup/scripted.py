"""Stored programs and views as statements of a script: owned by whoever runs it, and cut as the plain clients cut."""

import re

from repository.schema.base.errors import SchemaError
from repository.schema.base.splitter import ScriptError, split

_NAME = r"""(?:`(?:[^`]|``)*`|'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s`'"@*]+)"""
_OWNED = re.compile(
    r"\A(?P<head>(?:\s|/\*M?!\d*|\*/|CREATE\b|OR\s+REPLACE\b|ALGORITHM\s*=\s*\w+)*)"
    rf"\bDEFINER\s*=\s*{_NAME}(?:\s*@\s*{_NAME})? ?",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"\A/\*!\d+ CREATE\*/\s*(?:/\*!\d+\s*\*/)?\s*/\*!\d+ (?P<made>(?:TRIGGER|EVENT)\b.*?)\s*\*/\Z", re.DOTALL
)
_DELIMITERS = ("$$", "//", "~~~~", "$QUICKSELL$", "//QUICKSELL//")


def without_definer(statement: str) -> str:
    """A CREATE statement that makes whoever runs it the owner."""
    return _OWNED.sub(lambda match: match["head"], statement, count=1)


def unwrapped(statement: str) -> str:
    """A trigger or an event of a dump without the versioned comments around it, in which its own comments get lost."""
    return _WRAPPED.sub(lambda match: f"CREATE {match['made']}", statement)


def scripted(known: str, statement: str) -> str:
    """The lines of a script that run one statement, whatever stands in it.

    Args:
        known: What it makes, for people.
        statement: The statement, without a delimiter.

    Raises:
        SchemaError: No client would read it as the server does, such as one made under NO_BACKSLASH_ESCAPES.
    """
    delimiter = next((mark for mark in _DELIMITERS if mark not in statement), _DELIMITERS[-1])
    script = f"DELIMITER {delimiter}\n{statement}{delimiter}\nDELIMITER ;\n"
    try:
        cut = [each.text for each in split(script)]
    except ScriptError:
        cut = []
    if cut != [statement.rstrip()]:
        raise SchemaError(
            f"The {known} cannot be written as a script: its quotes or comments mean something else to the clients.",
            "Make it again under the usual sql_mode, without NO_BACKSLASH_ESCAPES and with plain comments.",
        )
    return script
