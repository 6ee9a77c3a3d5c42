"""What a message looks like in a transcript."""

from collections.abc import Iterable

from bot.messenger.bubbles import Bubble, Button


def lines_of(bubble: Bubble) -> list[str]:
    """A message as a transcript shows it, as it came.

    Args:
        bubble: The message as the shopper sees it.
    """
    return list(_lines(bubble)) or ["(empty)"]


def _lines(bubble: Bubble) -> Iterable[str]:
    payload = bubble.attachment.payload if bubble.attachment else None
    if payload is not None and bubble.cards and payload.template_type != "receipt":
        for card in bubble.cards:
            yield "(card) " + " · ".join(part.strip() for part in (card.title, card.subtitle) if part.strip())
            if card.buttons:
                yield _offered(card.buttons)
    else:
        yield from (line.strip() for line in bubble.words().splitlines() if line.strip())
        if payload is not None and (payload.url or payload.attachment_id):
            yield "(picture)"
        if payload is not None and payload.buttons:
            yield _offered(payload.buttons)
    if bubble.quick_replies:
        yield _offered(bubble.quick_replies)


def _offered(buttons: Iterable[Button]) -> str:
    return " ".join(f"[{button.title or button.content_type}]" for button in buttons)
