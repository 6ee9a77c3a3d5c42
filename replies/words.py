"""The words of replies: our own `.j2` blocks, and the merchant's wordings in their place."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
from babel.numbers import format_currency
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LANGUAGES = ("en", "fil")
WORDS_MOST = 4000  # characters of a template
_FOLDER = Path(__file__).parent
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)\s*-?%}(.*?){%-?\s*endblock(?:\s+\w+)?\s*-?%}", re.DOTALL)
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_LIMITS = (("button_", 20), ("quick_", 20), ("title_", 80), ("subtitle_", 80), ("menu_", 30), ("greeting", 160))
TEXT_MOST = 2000


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A merchant's wording of one block.

    Attributes:
        name: The block's full name, such as "cart.sold_out".
        language: "en" or "fil".
        words: The template.
    """

    name: str
    language: str
    words: str


class WordingError(Exception):
    """A wording cannot be used.

    Attributes:
        line: Which line of it is wrong, from 1.
        reason: Why, for the person who wrote it.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@cache
def limit_of(name: str) -> int:
    """How many characters Messenger shows of a block, told from its name (contract/messenger.md 3.3).

    Args:
        name: The block's full name; "button_", "quick_", "title_", "subtitle_", "menu_" begin its last part where it is
            no message of its own.
    """
    part = name.rpartition(".")[2]
    return next((most for prefix, most in _LIMITS if part.startswith(prefix)), TEXT_MOST)


@cache
def own_words() -> Mapping[tuple[str, str], str]:
    """Our own words, by (block, language): `cart.j2` is English, `cart.fil.j2` Filipino."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(_FOLDER.glob("*.j2")):
        stem, _, language = path.stem.partition(".")
        for name, words in _BLOCK.findall(path.read_text(encoding="utf-8")):
            key = (f"{stem}.{name}", language or "en")
            if key in found:
                raise ValueError(f"{path.name} has the block {name} twice")
            found[key] = words.strip()
    return found


def money(amount: Decimal | int | str, currency: str = "PHP") -> str:
    """An amount as people write it, such as "₱1,234.50".

    Args:
        amount: In the currency's unit.
        currency: ISO code.
    """
    return format_currency(Decimal(amount), currency, locale="en_PH")


def cut(text: str, most: int) -> str:
    """The text, shortened with an ellipsis where it is longer.

    Args:
        text: Any text.
        most: Characters at most, the ellipsis among them.
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class Words:
    """Every block in every language, compiled, the merchant's wordings in front of ours.

    Args:
        wordings: What the merchant rewrote. One that no longer compiles is left out, and ours is used.
        currency: ISO code for the `money` filter.
    """

    def __init__(self, wordings: Iterable[Wording] = (), *, currency: str = "PHP") -> None:
        self._environment = _environment(currency)
        self._sources: dict[tuple[str, str], str] = dict(own_words())
        self.broken: list[Wording] = []
        for wording in wordings:
            try:
                check(wording.words)
            except WordingError:
                self.broken.append(wording)
            else:
                self._sources[wording.name, wording.language] = wording.words
        self._templates: dict[tuple[str, str], Template] = {}

    def fill(self, name: str, language: str, facts: Mapping[str, object]) -> str:
        """The words of a block; the English ones where the language has none, ours where the merchant's fail.

        Args:
            name: The block's full name.
            language: "en" or "fil".
            facts: What its variables stand for.

        Raises:
            KeyError: There is no such block.
        """
        key = (name, language) if (name, language) in self._sources else (name, "en")
        try:
            said = self._template(key).render(facts).strip()
        except (UndefinedError, TypeError, ValueError, ArithmeticError):
            said = ""
        if not said and self._sources[key] != own_words().get(key):
            said = self._environment.from_string(own_words()[key]).render(facts).strip()
        most = limit_of(name)
        return cut(said, most) if most < TEXT_MOST else said

    def _template(self, key: tuple[str, str]) -> Template:
        """A block, compiled when it is first said: a new wording must not hold up the next turn with all others."""
        found = self._templates.get(key)
        if found is None:
            found = self._templates[key] = self._environment.from_string(self._sources[key])
        return found


class Speaker:
    """Fills blocks in one language: the `Say` that replies are given."""

    def __init__(self, words: Words, language: str) -> None:
        self._words = words
        self._language = language

    def __call__(self, block: str, /, **facts: object) -> str:
        """The words of a block, filled with facts."""
        return self._words.fill(block, self._language, facts)


def check(words: str, *, variables: Iterable[str] | None = None) -> None:
    """Refuse a wording that could break or hang a turn.

    Only text, output, names, attributes, constants, comparisons, `if` and the listed filters may occur: Jinja's sandbox
    alone would still render a text of a hundred million letters.

    Args:
        words: The template.
        variables: What may be named; None leaves that unchecked.

    Raises:
        WordingError: It cannot be used; says which line and why.
    """
    if len(words) > WORDS_MOST:
        raise WordingError(1, f"This is {len(words):,} characters long. {WORDS_MOST:,} are possible.")
    environment = _environment("PHP")
    try:
        tree = environment.parse(words)
    except TemplateSyntaxError as error:
        raise WordingError(error.lineno, f"{error.message}.") from None
    known = None if variables is None else sorted(variables)
    for node in _walk(tree):
        _check_node(node, known, sorted(environment.filters))


def variables_of(words: str) -> frozenset[str]:
    """The names that a wording uses.

    Args:
        words: A template that `check` has let through.
    """
    tree = _environment("PHP").parse(words)
    return frozenset(node.name for node in tree.find_all(nodes.Name))


def _walk(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _check_node(node: nodes.Node, known: list[str] | None, filters: list[str]) -> None:
    if isinstance(node, nodes.Filter) and node.name not in filters:
        raise WordingError(node.lineno, f"There is no filter “{node.name}”. {_nearest(node.name, filters)}")
    if not isinstance(node, _ALLOWED):
        raise WordingError(
            node.lineno,
            "Only {{ variables }} and {% if %} can be used here, no calls, loops, sums or assignments.",
        )
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise WordingError(node.lineno, f"“{node.attr}” cannot be used.")
    if isinstance(node, nodes.Name) and known is not None and node.name not in known:
        raise WordingError(node.lineno, f"There is no variable “{node.name}” here. {_nearest(node.name, known)}")


def _nearest(name: str, known: list[str]) -> str:
    from rapidfuzz import process

    found = process.extractOne(name, known, score_cutoff=50)
    if found:
        return f"Did you mean “{found[0]}”?"
    return f"You can use {', '.join(known)}." if known else "Nothing can be filled in here."


@cache
def _environment(currency: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.clear()
    environment.tests.clear()

    def as_money(amount: Decimal | int | str) -> str:
        return money(amount, currency)

    environment.filters = {"money": as_money, "upper": str.upper, "lower": str.lower, "capitalize": str.capitalize}
    return environment
