"""Forms: a struct says what can be typed; it comes back with a sentence beside what cannot be, and nothing is lost."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, Generic, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import replace

from handlers.console.base.visit import Visit

Typed_co = TypeVar("Typed_co", bound=msgspec.Struct, covariant=True)
_WHOLE = re.compile(r"[+-]?\d{1,17}", re.ASCII)
_MONEY = re.compile(r"[+-]?\d{1,15}(\.\d{0,2})?", re.ASCII)
_NO_CHOICES: Mapping[str, str] = MappingProxyType({})


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says of one of its fields: `keyword: Annotated[str, Field(label="Keyword")]`.

    A `str` is a line, or several where it has `rows`; an `int` a whole number; a `Decimal` money; a `bool` a switch; a
    `tuple[str, ...]` a list with commas between, or boxes to tick where it has `choices`.

    Attributes:
        label: What stands before it.
        help: A sentence below it.
        needed: What to say where nothing was typed; empty where it may be empty.
        most: Characters at most, or the highest number; 0 for no limit.
        least: The lowest number.
        rows: How many lines of a longer text it shows; 0 for one line.
        unit: What stands behind a number, such as "minutes".
        default: What it is as long as nobody changes it, as it is typed; None where there is no such thing.
        choices: What it can be, by value, in words; of a single choice the first stands for everything else.
        placeholder: What stands in it while it is empty.
        hidden: What browsers call it, such as "current-password", where nobody may read it: it is not sent back.
        check: The sentence about what was typed where it cannot be, else an empty text.
        in_history: What the history calls it; the label where this is empty.
        taken: What to say where another one has it and only one can.
    """

    label: str
    help: str = ""
    needed: str = ""
    most: int = 0
    least: int = 0
    rows: int = 0
    unit: str = ""
    default: str | None = None
    choices: Mapping[str, str] = _NO_CHOICES
    placeholder: str = ""
    hidden: str = ""
    check: Callable[[str], str] | None = None
    in_history: str = ""
    taken: str = ""


class Link(msgspec.Struct, frozen=True):
    """Where to go on.

    Attributes:
        text: What it says.
        path: Where it leads, below the console.
    """

    text: str
    path: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A field as it stands in the form.

    Attributes:
        name: What it is called in the form that is sent.
        kind: "line", "text", "number", "money", "choice", "several", "switch" or "secret": how it is drawn.
        about: What the form says of it.
        text: What was typed; "on" for a switch that is.
        wrong: Why it cannot be that; empty where it can.
        see: What stands in its way.
    """

    name: str
    kind: str
    about: Field
    text: str
    wrong: str = ""
    see: Link | None = None

    @property
    def ticked(self) -> tuple[str, ...]:
        """Which boxes are ticked."""
        return tuple(self.text.split(", ")) if self.text else ()


class Filled(msgspec.Struct, frozen=True):
    """A form as a page shows it.

    Attributes:
        fields: Each field, by name.
        version: The number of the save that it was opened at, 0 where there was none.
    """

    fields: Mapping[str, Shown]
    version: int = 0

    @property
    def address(self) -> Mapping[str, str]:
        """What was typed, as an address holds it: only what is not empty."""
        return {name: one.text for name, one in self.fields.items() if one.text}

    @property
    def is_wrong(self) -> bool:
        """Whether anything in it cannot be."""
        return any(one.wrong for one in self.fields.values())

    def refused(self, **sentences: str) -> "Filled":
        """It, with a sentence beside some of its fields.

        Args:
            sentences: Why it cannot be, by field.
        """
        told = {name: replace(self.fields[name], wrong=why) for name, why in sentences.items()}
        return replace(self, fields={**self.fields, **told})

    def saying(self, field: str, text: str) -> "Filled":
        """It, with something else typed into a field.

        Args:
            field: Which field.
            text: What stands in it.
        """
        return replace(self, fields={**self.fields, field: replace(self.fields[field], text=text)})

    def taken(self, field: str, *, called: str, path: str) -> "Filled":
        """It, with a sentence beside a field that another one has already, and the way to that one.

        Args:
            field: Which field.
            called: What such a thing is called, such as "reply".
            path: Where the other one is edited, below the console.
        """
        one = self.fields[field]
        told = replace(one, wrong=one.about.taken, see=Link(f"Open that {called}", path))
        return replace(self, fields={**self.fields, field: told})

    def at(self, version: int) -> "Filled":
        """It, opened at another save: it was shown, so the next save may go over it.

        Args:
            version: The number of that save.
        """
        return Filled(self.fields, version)


class Form(Generic[Typed_co]):
    """A form.

    Args:
        struct: A frozen struct, each field that can be typed annotated with a `Field`.
    """

    def __init__(self, struct: type[Typed_co]) -> None:
        self.struct = struct
        self.fields = _fields(struct)

    def of(self, value: msgspec.Struct, *, version: int = 0) -> Filled:
        """The form, filled with what is saved.

        Args:
            value: Anything with attributes of these names.
            version: The number of its last save.
        """
        return Filled({name: self._shown(name, _text(getattr(value, name))) for name in self.fields}, version)

    def empty(self) -> Filled:
        """The form with nothing in it."""
        return Filled({name: self._shown(name, "") for name in self.fields})

    def read(self, visit: Visit) -> tuple[Typed_co, Filled]:
        """What was typed, as far as it can be, and the form with a sentence beside what cannot.

        Args:
            visit: With the form that was sent.
        """
        texts = {name: self._sent(visit, name) for name in self.fields}
        typed, filled = self._read(texts)
        return typed, Filled(filled.fields, visit.version())

    def read_outside(self, sent: Mapping[str, str]) -> tuple[Typed_co, Filled]:
        """As `read`, of a form that somebody sent who is not logged in.

        Args:
            sent: What was typed, by field.
        """
        texts = {name: sent.get(name, "") for name in self.fields}
        return self._read({name: text if self.fields[name][1].hidden else text.strip() for name, text in texts.items()})

    def asked(self, query: Mapping[str, str]) -> tuple[Typed_co, Filled]:
        """What the address of a list asks for: its search and its filters, as a form.

        Args:
            query: What stands behind the "?".
        """
        return self._read({name: query.get(name, "")[: about.most or None] for name, (_, about) in self.fields.items()})

    def typed(self, filled: Filled) -> Typed_co:
        """What stands in a form that was read or filled before.

        Args:
            filled: The form.
        """
        return self.asked({name: one.text for name, one in filled.fields.items()})[0]

    def _sent(self, visit: Visit, name: str) -> str:
        if self._kind(name) == "several" or self._is_list(name):
            return ", ".join(visit.several.get(name, ()))
        return visit.form.get(name, "") if self.fields[name][1].hidden else visit.field(name)

    def _is_list(self, name: str) -> bool:
        return get_origin(self.fields[name][0]) is tuple

    def _read(self, texts: Mapping[str, str]) -> tuple[Typed_co, Filled]:
        typed: dict[str, object] = {}
        shown: dict[str, Shown] = {}
        for name, (_, about) in self.fields.items():
            kind, text = self._kind(name), texts[name]
            if kind == "choice" and text not in about.choices:
                text = next(iter(about.choices))
            elif kind == "line":
                text = " ".join(text.split())
            typed[name], wrong = self._value(name, text)
            shown[name] = self._shown(name, text, wrong)
        return self.struct(**typed), Filled(shown)

    def _kind(self, name: str) -> str:
        kind, about = self.fields[name]
        if about.choices:
            return "choice" if kind is str else "several"
        if about.hidden:
            return "secret"
        if kind is bool:
            return "switch"
        if kind is int:
            return "number"
        if kind is Decimal:
            return "money"
        return "text" if about.rows else "line"

    def _shown(self, name: str, text: str, wrong: str = "") -> Shown:
        return Shown(name=name, kind=self._kind(name), about=self.fields[name][1], text=text, wrong=wrong)

    def _value(self, name: str, text: str) -> tuple[object, str]:
        """What a text means in a field, and what is wrong with it."""
        kind, about = self.fields[name]
        if kind is bool:
            return bool(text), ""
        wrong = about.needed if not text else about.check(text) if about.check else ""
        if kind is int or kind is Decimal:
            return _number(kind, about, text, wrong)
        if kind is not str:
            parts = dict.fromkeys(" ".join(part.split()) for part in text.split(","))
            return tuple(part for part in parts if part and (not about.choices or part in about.choices)), wrong
        if about.most and len(text) > about.most:
            wrong = wrong or f"{about.most} characters are the most for a {about.label.lower()}."
        return text, wrong


def _number(kind: type, about: Field, text: str, wrong: str) -> tuple[int | Decimal, str]:
    """A number that was typed, also with commas and a peso sign, and what is wrong with it."""
    plain = re.sub(r"[\s,\u20b1]", "", text)
    fits = _MONEY if kind is Decimal else _WHOLE
    if not fits.fullmatch(plain or "0"):
        sentence = "an amount, such as 1,500 or 1500.50" if kind is Decimal else "a whole number"
        return kind(0), wrong or f"Please write {sentence}."
    number = kind(plain or "0")
    is_fine = about.least <= number and (number <= about.most or not about.most)
    limits = f"from {about.least:,} to {about.most:,}" if about.most else f"of {about.least:,} or more"
    return number, wrong or ("" if is_fine else f"Please write a number {limits}.")


@cache
def _fields(struct: type[msgspec.Struct]) -> Mapping[str, tuple[object, Field]]:
    """The type of each field of a form, and what the form says of it."""
    fields: dict[str, tuple[object, Field]] = {}
    for name, hint in get_type_hints(struct, include_extras=True).items():
        kind, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        for about in notes:
            if isinstance(about, Field):
                fields[name] = (kind, about)
    return fields


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
