"""Form fields as Graph reads them: values that hold JSON, names with brackets, and `null` for what is left out."""

import re
from collections.abc import Iterable

import msgspec

from bot.workshop.emulator.answers import Json, Refusal

#: As deep as names with brackets, or what stands under a `null`, are followed.
_DEEPEST = 32
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_KEY = re.compile(r"\[([^\[\]]*)\]")
_decode = msgspec.json.Decoder().decode


def fields_of(pairs: Iterable[tuple[str, str]]) -> Json:
    """The fields of a form or of a query.

    Args:
        pairs: Names and values as they came. `recipient[id]=1` is the same as `recipient={"id":"1"}`, and
            `words[]=a&words[]=b`, or `words[0]=a&words[1]=b`, the same as `words=["a","b"]`.

    Raises:
        Refusal: A name has brackets that cannot be followed.
    """
    fields: Json = {}
    for name, text in pairs:
        match = _NAME.fullmatch(name)
        if match is None or not match[2]:
            fields[name] = value_of(text)
            continue
        keys = [match[1], *_KEY.findall(match[2])]
        if len(keys) > _DEEPEST:
            raise Refusal(100, f"The parameter {match[1]} is nested too deeply")
        _put(fields, keys, value_of(text))
    return {name: _listed(value) for name, value in fields.items()}


def value_of(text: str) -> object:
    """A field's value: JSON where it looks like an object or a list, else the text itself."""
    if text[:1] in ("{", "["):
        try:
            value: object = _decode(text)
        except msgspec.DecodeError:
            return text
        return value
    return text


def unfolded(fields: Json) -> Json:
    """The fields of a JSON body, some of which may be texts that hold JSON themselves."""
    return {name: value_of(value) if isinstance(value, str) else value for name, value in fields.items()}


def without_nulls(value: object, depth: int = 0) -> object:
    """A JSON value in which whatever was `null` is left out, as Graph reads it.

    Args:
        value: The value.
        depth: How deep it stands already.

    Raises:
        Refusal: It is nested too deeply.
    """
    if depth > _DEEPEST:
        raise Refusal(100, "The body is nested too deeply")
    if isinstance(value, dict):
        return {name: without_nulls(one, depth + 1) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [without_nulls(one, depth + 1) for one in value if one is not None]
    return value


class _Nested(dict[str, object]):
    """An object that names with brackets have made, which may turn out to be a list."""


def _put(fields: Json, keys: list[str], value: object) -> None:
    here: dict[str, object] = fields
    for key in keys[:-1]:
        name = key or str(len(here))
        deeper = here.get(name)
        if not isinstance(deeper, _Nested):
            deeper = here[name] = _Nested()
        here = deeper
    here[keys[-1] or str(len(here))] = value


def _listed(value: object) -> object:
    """What names with brackets have made, with lists where all the keys were numbers."""
    if not isinstance(value, _Nested):
        return value
    inside = {key: _listed(one) for key, one in value.items()}
    return list(inside.values()) if all(key.isdecimal() for key in inside) else inside
