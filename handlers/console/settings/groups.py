"""The pages of a group of settings: its form, made of what each setting says of itself, and its saves."""

from abc import abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Generic

import msgspec
from babel.numbers import get_currency_symbol

from bot.messenger.limits import GREETING, ICE_BREAKERS
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.editor import Editor
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Declined, Visit
from handlers.console.settings.meaning import meaning
from replies.profile import FIRST_NAME
from repository.database.connection import Connection
from repository.rules import Rules
from repository.settings.about import About
from repository.settings.groups import Group, OpenedGroup, Refused
from repository.settings.store import Whole
from repository.staff.by import By
from repository.staff.versions import Version

HOME = "/settings"
_NUMBER = "Please write a number."
_TEXT = "Please write something here."


def form_of(group: Group[Whole], defaults: Whole, *, currency: str) -> Form[msgspec.Struct]:
    """The form of a group.

    Args:
        group: Which.
        defaults: What holds where nothing is stored.
        currency: ISO code.
    """
    fields = [
        (name, Annotated[kind, _field(about, getattr(defaults, name), currency)])
        for name, (kind, about) in group.settings.items()
    ]
    return Form(msgspec.defstruct(f"{group.name.capitalize()}Form", fields, frozen=True, kw_only=True))


def _field(about: About, default: object, currency: str) -> Field:
    is_number = isinstance(default, int | Decimal) and not isinstance(default, bool)
    text = f"{default:,}" if isinstance(default, Decimal) else str(default)
    return Field(
        label=about.label,
        help=about.help,
        needed=_NUMBER if is_number else _TEXT if isinstance(default, str) and not about.is_secret and default else "",
        least=about.least,
        most=about.most,
        rows=about.rows,
        unit=get_currency_symbol(currency, locale="en_PH") if about.unit == "money" else about.unit,
        default=text if is_number else None,
        choices=about.choices,
        hidden="off" if about.is_secret else "",
    )


class GroupEditor(Editor[msgspec.Struct], Generic[Whole]):
    """The pages of a group of settings.

    Args:
        group: Which.
        defaults: All settings of its kind where nothing is stored.
        currency: ISO code.
        template: Its page.
        home: Where it is, below the console.
    """

    saved = "Saved. It holds from the next message on."

    def __init__(self, group: Group[Whole], defaults: Whole, *, currency: str, template: str, home: str) -> None:
        super().__init__(
            group.noun,
            form_of(group, defaults, currency=currency),
            template=template,
            home=home,
            called="setting",
            words="",
            edits="settings",
        )
        self.group = group
        self.defaults = defaults

    @abstractmethod
    def given(self, visit: Visit) -> Mapping[str, object]:
        """What the environment gave, by name."""

    async def opened(self, conn: Connection, visit: Visit) -> OpenedGroup:
        return await self.group.opened(conn, defaults=self.defaults, given=self.given(visit))

    def blank(self, _: Visit) -> msgspec.Struct:
        return self.group.of(self.defaults)

    async def write(self, conn: Connection, _: int, body: msgspec.Struct, *, version: int, by: By, action: str) -> bool:
        return await self.group.save(conn, body, defaults=self.defaults, version=version, by=by, action=action)

    async def restore(self, conn: Connection, visit: Visit, version: Version) -> tuple[str, bool] | None:
        """See `Restorable`."""
        try:
            return await super().restore(conn, visit, version)
        except Refused as refused:
            raise Declined(f"That cannot come back: {' '.join(refused.problems.values())}", self.home) from None

    def path(self, _: int, __: msgspec.Struct) -> str:
        return self.home

    def title(self, _: msgspec.Struct) -> str:
        return self.group.title

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        opened = await self.opened(conn, visit)
        return {"sources": opened.sources, "environment": self.given(visit)}


class RulesEditor(GroupEditor[Rules]):
    """The pages of a group of the rules.

    Args:
        group: Which.
        defaults: The rules where nothing is stored.
    """

    def __init__(self, group: Group[Rules], defaults: Rules) -> None:
        home = f"{HOME}/rules/{group.name}"
        super().__init__(group, defaults, currency=defaults.currency, template="settings_group.html", home=home)

    def given(self, visit: Visit) -> Mapping[str, object]:
        """See `GroupEditor`."""
        usual = Rules()
        told = {"shop_name": visit.shop.settings.shop_name}
        return {name: value for name, value in told.items() if value != getattr(usual, name)}

    def problems(self, _: Visit, body: msgspec.Struct) -> Mapping[str, str]:
        return out_of_order(body)

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What the rules would mean, in sentences; those that would be new are marked."""
        now = (await self.there(visit)).body
        then = self._read(visit, filled) or now
        return Tried(messages=(), sentences=meaning(visit.look, self.defaults, now, then, self.group.name))

    def _read(self, visit: Visit, filled: Filled) -> msgspec.Struct | None:
        """What a form says, as a body; None where it cannot be."""
        typed, read = self.form.asked({name: one.text for name, one in filled.fields.items()})
        if filled.is_wrong or read.is_wrong or self.problems(visit, typed):
            return None
        return self.group.body(**{name: getattr(typed, name) for name in self.group.settings})


def out_of_order(body: msgspec.Struct) -> Mapping[str, str]:
    """What is wrong with settings that have to be in an order, or of which some must be left: a sentence by field.

    Args:
        body: Of any group.
    """
    wrong: dict[str, str] = {}
    for names, sentence in _ASCENDING.items():
        for lower, higher in pairwise(names):
            if hasattr(body, lower) and getattr(body, lower) > getattr(body, higher):
                wrong[higher] = sentence
    if 0 < getattr(body, "people_until", 0) <= getattr(body, "people_from", 0):
        wrong["people_until"] = "That must be later than the hour from which somebody answers."
    if getattr(body, "languages", ("en",)) == ():
        wrong["languages"] = "The bot has to answer in some language."
    if len(getattr(body, "ice_breakers", ())) > ICE_BREAKERS:
        wrong["ice_breakers"] = f"Messenger shows {ICE_BREAKERS} at most."
    for name in ("greeting", "greeting_fil"):
        if len(getattr(body, name, "").replace("{name}", FIRST_NAME)) > GREETING:
            wrong[name] = f"Messenger shows {GREETING} characters; {{name}} counts as {len(FIRST_NAME)}."
    if getattr(body, "payment_methods", ("cod",)) == ():
        wrong["payment_methods"] = "Shoppers have to be able to pay somehow."
    if getattr(body, "verification_reminder_minutes", 0) >= getattr(body, "verification_minutes", 1):
        wrong["verification_reminder_minutes"] = "The reminder has to come before the time is over."
    return wrong


_ASCENDING: Mapping[tuple[str, ...], str] = {
    ("verification_from", "verification_id_from"): "That must not be less than where checks begin.",
    ("trusted_bronze_from", "trusted_silver_from", "trusted_gold_from", "trusted_platinum_from"): (
        "A higher level must not need fewer orders than the one below it."
    ),
    ("dormant_days", "at_risk_days"): "Whoever is at risk has been dormant before: not fewer days.",
    ("tier_silver_from", "tier_gold_from", "tier_platinum_from"): (
        "A higher tier must not need less than the one below it."
    ),
}


def rules_there(visit: Visit) -> Rules:
    """The rules where nothing is stored.

    Args:
        visit: Any.
    """
    return Rules(shop_name=visit.shop.settings.shop_name, currency=visit.shop.settings.shop_currency)
