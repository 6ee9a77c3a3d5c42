"""What rules mean, in sentences for merchants; the sentences stand in `_meaning.html`."""

import html

import msgspec

from handlers.console.base.look import Look
from handlers.console.base.nouns.preview import Sentence
from replies.environment import money
from repository.rules import Rules


def meaning(look: Look, rules: Rules, now: msgspec.Struct, then: msgspec.Struct, group: str) -> tuple[Sentence, ...]:
    """The sentences of a group as it would be.

    Args:
        look: Writes them.
        rules: All rules; those of the group do not matter.
        now: The group as it is.
        then: As it would be.
        group: Its name.
    """
    known = set(told(look, _with(rules, now), group))
    return tuple(Sentence(text, text not in known) for text in told(look, _with(rules, then), group))


def told(look: Look, rules: Rules, group: str) -> list[str]:
    """What the rules of a group mean, a sentence each.

    Args:
        look: Writes them.
        rules: All rules.
        group: The group's name.
    """

    def amount(value: object) -> str:
        return money(str(value), rules.currency).removesuffix(".00")

    written = look.part("_meaning.html", rules=rules, group=group, money=amount)
    return [html.unescape(line.strip()) for line in written.splitlines() if line.strip()]


def _with(rules: Rules, body: msgspec.Struct) -> Rules:
    return msgspec.structs.replace(rules, **{name: getattr(body, name) for name in body.__struct_fields__})
