"""Tells in words what happened in a conversation, for the errors of tests."""

from collections.abc import Reversible

from bot.messenger.bubbles import Bubble
from bot.workshop.emulator.company import Delivery
from bot.workshop.emulator.people import Person, Refused, Said

#: How many lines of the conversation an error shows.
_LINES = 12


def story(person: Person, did: str, outcomes: Reversible[Delivery]) -> str:
    """The end of a conversation, line by line.

    Args:
        person: Whose.
        did: What they did last, in words.
        outcomes: What the bot answered to webhooks, oldest first.
    """
    lines = [f"{person.first_name} {did}. The conversation so far:"]
    for item in person.chat[-_LINES:]:
        if isinstance(item, Said):
            lines.append(f"  {person.first_name}: {item.text or '(no text)'}")
        elif isinstance(item, Refused):
            lines.append(f"  GRAPH REFUSED ({item.code}/{item.subcode}) {item.reason}")
        else:
            lines.extend(f"  bot: {line}" for line in _sketch(item.bubble))
    outcome = next((outcome for outcome in reversed(outcomes) if outcome.psid == person.psid), None)
    if outcome:
        lines.append(f"  (last webhook: {', '.join(outcome.kinds)}, answered {outcome.status or outcome.answer})")
    return "\n".join(lines)


def refused(delivery: Delivery, seconds: float) -> str:
    """That the bot did not take a webhook.

    Args:
        delivery: The last try.
        seconds: How long all tries took.
    """
    said = f"{delivery.status} {delivery.answer!r}" if delivery.status else f"nothing ({delivery.answer})"
    return f"The bot answered the webhook with {said}, {delivery.attempt} times in {seconds:.1f} s, instead of 200."


def _sketch(bubble: Bubble) -> list[str]:
    lines = bubble.words().splitlines() or ["(picture)" if bubble.pictures else "(empty)"]
    offered = [f"[{button.title}]" for button in (*bubble.buttons, *bubble.quick_replies)]
    return [*lines, " ".join(offered)] if offered else lines
