"""What rules mean, in sentences for merchants; the sentences stand in `_meaning.html`."""

import html

import msgspec

from handlers.console.base.nouns.preview import Sentence
from handlers.console.base.visit import Visit
from replies.environment import money
from repository.rules import METHODS, Rules


def meaning(
    visit: Visit, defaults: Rules, now: msgspec.Struct, then: msgspec.Struct, group: str
) -> tuple[Sentence, ...]:
    """The sentences of a group as it would be.

    Args:
        visit: Any.
        defaults: The rules where nothing is stored.
        now: The group as it is.
        then: As it would be.
        group: Its name.
    """
    known = set(sentences(visit, defaults, now, group))
    return tuple(Sentence(text, text not in known) for text in sentences(visit, defaults, then, group))


def sentences(visit: Visit, defaults: Rules, body: msgspec.Struct, group: str) -> list[str]:
    """What a group means, a sentence each.

    Args:
        visit: Any.
        defaults: The rules where nothing is stored.
        body: The group.
        group: Its name.
    """
    rules = msgspec.structs.replace(defaults, **{name: getattr(body, name) for name in type(body).__struct_fields__})

    def amount(value: object) -> str:
        return money(str(value), rules.currency).removesuffix(".00")

    told = visit.look.part("_meaning.html", rules=rules, group=group, money=amount, methods=METHODS)
    return [html.unescape(line.strip()) for line in told.splitlines() if line.strip()]
