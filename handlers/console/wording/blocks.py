"""Everything the bot says of its own, block by block: which reply it belongs to, its variables, an example of each."""

import pkgutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import get_type_hints

import msgspec

import replies
from handlers.console.wording.glossary import meaning
from replies.base import About, Reply
from replies.checking import variables_of
from replies.environment import money
from replies.words import LANGUAGES, Words, own_words

_FILES = {
    "welcome": "Welcome",
    "browsing": "Looking around",
    "product": "One product",
    "cart": "Cart",
    "checkout": "Checkout",
    "delivery": "Delivery",
    "paying": "Paying",
    "summary": "Order summary",
    "orders": "Orders",
    "notices": "News about an order",
    "promos": "Promos",
    "talk": "Small talk",
    "trouble": "When something fails",
    "common": "Shared",
}
_PARTS = {
    "button_": "Button",
    "quick_": "Quick reply",
    "title_": "Card title",
    "subtitle_": "Card subtitle",
}


class Variable(msgspec.Struct, frozen=True):
    """Something that can be filled in.

    Attributes:
        name: What it is called.
        snippet: What is put into the words to use it.
        example: What it could stand for, as it would be shown.
        about: What it is, in words, or empty.
    """

    name: str
    snippet: str
    example: str
    about: str


class Use(msgspec.Struct, frozen=True):
    """A reply in which a block is used.

    Attributes:
        reply: An example of it.
        title: The reply in words.
        facts: What the block's variables stand for in it.
    """

    reply: Reply
    title: str
    facts: Mapping[str, object]


class Block(msgspec.Struct, frozen=True):
    """A block of words.

    Attributes:
        name: Its full name, such as "cart.sold_out".
        group: The part of the conversation, such as "Cart".
        title: The block in words.
        part: "Message", "Button", "Quick reply", "Card title"...
        variables: What can be filled in.
        known: The name of everything that may stand in its words.
        uses: The replies it is used in, the one it is named for first.
    """

    name: str
    group: str
    title: str
    part: str
    variables: tuple[Variable, ...]
    known: frozenset[str]
    uses: tuple[Use, ...]


@cache
def blocks() -> Mapping[str, Block]:
    """Every block by its full name, in the order of the conversation."""
    uses: dict[str, list[Use]] = {}
    for kind in reply_kinds():
        for example in kind.examples():
            for block, facts in _asked(example):
                found = uses.setdefault(block, [])
                if not any(use.reply == example and set(use.facts) == set(facts) for use in found):
                    found.append(Use(example, kind.about, facts))
    # What the Messenger profile says is Facebook's once it is pushed, so it is no reply to be edited here.
    names = dict.fromkeys(name for name, _ in own_words() if not name.startswith("profile."))
    groups = list(_FILES)

    def place(name: str) -> int:
        file = name.partition(".")[0]
        return groups.index(file) if file in groups else len(groups)

    return {name: _block(name, uses.get(name, [])) for name in sorted(names, key=place)}


def reply_kinds() -> list[type[Reply]]:
    """Every kind of reply that can be said, in the order of its file."""
    for module in pkgutil.iter_modules(replies.__path__):
        import_module(f"replies.{module.name}")
    found = dict.fromkeys(kind for kind in _below(Reply) if kind.__dict__.get("name"))
    return sorted(found, key=lambda kind: kind.__module__)


def settled(block: Block, *, shop_name: str, language: str) -> Block:
    """A block whose examples are those of this shop, in the language in which it is written.

    Args:
        block: The block.
        shop_name: The shop's name.
        language: "en" or "fil".
    """
    here = {"shop_name": shop_name, "language": language}

    def at_home(use: Use) -> Use:
        fields = {name: here[name] for name in here if name in use.reply.__struct_fields__}
        facts = {name: here.get(name, value) for name, value in use.facts.items()}
        return Use(msgspec.structs.replace(use.reply, **fields), use.title, facts)

    uses = [at_home(use) for use in block.uses]
    variables = tuple(_variables(block.name, uses, set(block.known)))
    return msgspec.structs.replace(block, uses=tuple(uses), variables=variables)


def used_as(block: Block, use: Use, reply: Reply) -> Use:
    """A use of a block in a reply with other facts; the same where that reply does not use the block.

    Args:
        block: The block.
        use: Where it is used.
        reply: The reply with other facts.
    """
    found = next((facts for name, facts in _asked(reply) if name == block.name), None)
    return use if found is None else Use(reply, use.title, found)


def own_source(name: str, language: str) -> str:
    """Our own template of a block; the English one where the language has none."""
    return own_words().get((name, language)) or own_words()[name, "en"]


class _Asking:
    """Fills blocks with our own words and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, object]]] = []
        self._words = Words()

    def __call__(self, block: str, /, **facts: object) -> str:
        self.asked.append((block, facts))
        return self._words.fill(block, "en", facts)


def _asked(reply: Reply) -> list[tuple[str, Mapping[str, object]]]:
    asking = _Asking()
    for message in reply.messages(asking):
        message.payload()
    return asking.asked


def _below(kind: type[Reply]) -> Iterator[type[Reply]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)


def _block(name: str, uses: list[Use]) -> Block:
    file, _, rest = name.partition(".")
    uses = sorted(uses, key=lambda use: (use.reply.name != name, use.reply.name.partition(".")[0] != file))
    part = next((part for prefix, part in _PARTS.items() if rest.startswith(prefix)), "Message")
    if part != "Message":
        title = " ".join(rest.split("_")[1:]).capitalize()
    elif uses and uses[0].reply.name == name:
        title = uses[0].title
    else:
        title = rest.replace("_", " ").capitalize()
    known = {fact for use in uses for fact in use.facts}
    for language in LANGUAGES:
        if (name, language) in own_words():
            known |= variables_of(own_words()[name, language])
    return Block(
        name=name,
        group=_FILES.get(file, file.replace("_", " ").capitalize()),
        title=title,
        part=part,
        variables=tuple(_variables(name, uses, known)),
        known=frozenset(known),
        uses=tuple(uses),
    )


def _variables(block: str, uses: list[Use], known: set[str]) -> Iterator[Variable]:
    facts: dict[str, object] = {}
    about: dict[str, str] = {}
    for use in uses:
        facts = {**use.facts, **facts}
        about = {**_told(use), **about}
    for name in sorted(known, key=lambda one: list(facts).index(one) if one in facts else len(facts)):
        value = facts.get(name)
        if isinstance(value, bool):
            snippet, example = f"{{% if {name} %}}…{{% endif %}}", "yes" if value else "no"
        elif isinstance(value, Decimal):
            snippet, example = f"{{{{ {name}|money }}}}", money(value)
        elif isinstance(value, str | int) or name not in facts:
            snippet, example = f"{{{{ {name} }}}}", str(facts.get(name, ""))
        else:
            continue
        yield Variable(name=name, snippet=snippet, example=example, about=about.get(name) or meaning(block, name))


def _told(use: Use) -> dict[str, str]:
    """What a reply says of the facts that are its own, unchanged: of others it speaks in another sense."""
    hints = get_type_hints(type(use.reply), include_extras=True)
    return {
        name: note.text
        for name in use.reply.__struct_fields__
        for note in getattr(hints[name], "__metadata__", ())
        if isinstance(note, About) and getattr(use.reply, name) == use.facts.get(name)
    }
