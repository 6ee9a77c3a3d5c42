"""What was said, read back from the messages: what can be tapped, and the words alone."""

from collections.abc import Iterator, Mapping, Sequence

from dialogs.reading.context import Offered

OFFERED_MOST = 40
"""What can be tapped, at most: nothing more is kept of it."""


def offers(payloads: Sequence[Mapping[str, object]]) -> list[Offered]:
    """Everything that can be tapped in these messages, in the order in which it is seen.

    Args:
        payloads: `message` objects of the Send API.
    """
    offered: list[Offered] = []
    for payload in payloads:
        for button, of in (*((one, "") for one in _list(payload.get("quick_replies"))), *_buttons(payload)):
            title, sends = button.get("title"), button.get("payload")
            if isinstance(title, str) and isinstance(sends, str) and button.get("type") != "phone_number":
                offered.append(Offered(title=title, payload=sends, of=of))
    return offered[:OFFERED_MOST]


def plain_text(payloads: Sequence[Mapping[str, object]]) -> str:
    """The words of these messages, a line each, for people who read the chat log.

    Args:
        payloads: `message` objects of the Send API.
    """
    return "\n".join(line for payload in payloads for line in _lines(payload))


def _lines(payload: Mapping[str, object]) -> Iterator[str]:
    text = payload.get("text")
    if isinstance(text, str):
        yield text
    attachment = _object(payload.get("attachment"))
    inner = _object(attachment.get("payload"))
    if attachment.get("type") == "image":
        yield "[picture]"
    if isinstance(words := inner.get("text"), str):
        yield words
    if inner.get("template_type") == "receipt":
        yield f"[receipt {inner.get('order_number')}]"
    elif elements := _list(inner.get("elements")):
        for element in elements:
            kind = "[pictures]" if inner.get("template_type") == "image_grid" else "[card]"
            yield f"{kind} " + " | ".join(str(part) for part in (element.get("title"), element.get("subtitle")) if part)


def _buttons(payload: Mapping[str, object]) -> Iterator[tuple[Mapping[str, object], str]]:
    """Every button, with the title of the card that it stands on."""
    inner = _object(_object(payload.get("attachment")).get("payload"))
    yield from ((button, "") for button in _list(inner.get("buttons")))
    for element in _list(inner.get("elements")):
        yield from ((button, str(element.get("title") or "")) for button in _list(element.get("buttons")))


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Mapping[str, object]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list | tuple) else []
