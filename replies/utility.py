"""Notices as utility templates: which facts of a notice can stand in one, and words to begin with.

The words of a template are Meta's to approve, so they are no `.j2` block, which a merchant may change at any time:
`<language>/utility.toml` holds drafts, and `utility_templates` what was submitted.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec

from bot.messenger import utility
from replies.base import About, Reply
from replies.notices import NOTICES
from replies.words import LANGUAGES

_FOLDER = Path(__file__).parent
_NO_FACTS = frozenset({"order_id", "method", "kind", "why", "account", "link"})
"""What a notice knows that is no text for people, or, as a link, none that may stand in the middle of a sentence."""


class Fact(msgspec.Struct, frozen=True):
    """A fact that can stand in a template.

    Attributes:
        name: Between the braces.
        about: What it is, for merchants.
        example: A believable one, as it is sent.
    """

    name: str
    about: str
    example: str


class Drafts(msgspec.Struct, frozen=True):
    """The words of a language.

    Attributes:
        nothing: What stands where a fact is not known.
        drafts: Words to begin with, by the last part of the notice's name.
    """

    nothing: str
    drafts: Mapping[str, str]


@cache
def drafts(language: str) -> Drafts:
    """The words of a language.

    Args:
        language: One of `LANGUAGES`.
    """
    path = _FOLDER / language / "utility.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Drafts)


def draft(notice: str, language: str) -> str:
    """Words to begin with; empty where there are none.

    Args:
        notice: The name of the notice, such as "notices.shipped".
        language: "en" or "fil".
    """
    return drafts(language).drafts.get(notice.rpartition(".")[2], "")


def has_drafts() -> tuple[str, ...]:
    """The notices that we have words for, in the order of the file."""
    return tuple(f"notices.{name}" for name in drafts(LANGUAGES[0]).drafts)


def facts(notice: str) -> tuple[Fact, ...]:
    """The facts that can stand in a template for a notice; none for a notice that nobody knows.

    Args:
        notice: Its name.
    """
    kind = NOTICES.get(notice)
    if kind is None:
        return ()
    shown = values(kind.example(), "en", currency="PHP")
    hints = get_type_hints(kind, include_extras=True)
    return tuple(Fact(name, _about(hints[name]), example) for name, example in shown.items())


def values(reply: Reply, language: str, *, currency: str) -> Mapping[str, str]:
    """The facts of a notice as a template takes them, none of them empty.

    Args:
        reply: The notice.
        language: In which it is said.
        currency: ISO code, which stands before money.
    """
    nothing = drafts(language).nothing
    told: dict[str, str] = {}
    for name in reply.__struct_fields__:
        value = getattr(reply, name)
        if name in _NO_FACTS or isinstance(value, bool):
            continue
        if isinstance(value, Decimal):
            told[name] = f"{currency} {value:,.2f}"
        elif isinstance(value, str | int):
            told[name] = utility.clean(str(value)) or nothing
    return told


def _about(hint: object) -> str:
    return next((note.text for note in get_args(hint) if isinstance(note, About)), "")
