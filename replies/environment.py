"""The templates that words are: a sandbox with four filters, and each template compiled once."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import format_currency
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

FAILS = (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, NameError)
"""How a template fails that cannot be filled with the facts given."""
_MONEY_MOST = Decimal(10) ** 15


@lru_cache(maxsize=1024)
def money(amount: Decimal | int | str, currency: str = "PHP") -> str:
    """An amount as people write it, such as "₱1,234.50".

    Args:
        amount: In the currency's unit.
        currency: ISO code.
    """
    return format_currency(Decimal(amount), currency, locale="en_PH")


@cache
def environment(currency: str) -> ImmutableSandboxedEnvironment:
    """The sandbox in which words are filled.

    Args:
        currency: ISO code for the `money` filter.
    """
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.clear()
    made.tests.clear()

    def as_money(amount: Decimal | int | str) -> str:
        if not abs(Decimal(amount)) < _MONEY_MOST:  # written out, a larger one could take for ever
            raise ValueError("no amount of money")
        return money(amount, currency)

    made.filters = {"money": as_money, "upper": str.upper, "lower": str.lower, "capitalize": str.capitalize}
    return made


@lru_cache(maxsize=1024)
def compiled(currency: str, words: str) -> Template:
    """A template, compiled when its words are first needed: compiling them all would hold up a turn.

    Args:
        currency: ISO code for the `money` filter.
        words: Its source.
    """
    return environment(currency).from_string(words)


class _Facts:
    """All that a template of ours asks of jinja's context: nothing is set, included or called in one."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = facts

    def resolve_or_missing(self, name: str) -> object:
        return self._facts.get(name, missing)


def filled(template: Template, facts: Mapping[str, object]) -> str:
    """What a template says, white space at its ends removed, with no context of jinja made first.

    Args:
        template: Of `compiled`.
        facts: What its variables stand for.

    Raises:
        Exception: One of `FAILS`.
    """
    return "".join(template.root_render_func(_Facts(facts))).strip()  # type: ignore[arg-type]
