"""The templates that words are: a sandbox with four filters, and each template compiled once."""

from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import format_currency
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

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
    template = environment(currency).from_string(words)
    # A plain dict in place of the chain that is walked again for every rendering.
    template.globals = dict(template.globals)
    return template
