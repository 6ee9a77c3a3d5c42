"""What stands around the words of a canned reply: a picture, a product's card, buttons and quick replies.

Merchants write buttons and quick replies a line each, "Our website = https://shop.example"; what they lead to is found
when the reply is saved, so that a turn looks nothing up.
"""

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from bot.messenger import limits
from repository.database.connection import Connection
from repository.database.errors import Unfit

Does = Literal["link", "call", "go", "product", "reply"]
PLACES = ("products", "best", "search", "cart", "checkout", "orders", "promos", "shipping", "person", "menu")
"""Where in the shop a button can lead, as merchants write it."""
LINK_MOST = 1000
_PHONE = re.compile(r"\+?[\d ()./-]{7,24}")
_HOW = (
    "Write what it does behind a “=”: a link such as https://shop.example, a phone number, “product” and a SKU,"
    f" “reply” and a keyword, or one of {', '.join(PLACES)}."
)


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button, or a quick reply.

    Attributes:
        title: What stands on it.
        does: What a tap does: open a link, call a number, go to a place of the shop, show a product, say another reply.
        to: Which, as the merchant wrote it.
        id: `products.id` or `chatbot_replies.id`; 0 for the others.
    """

    title: str
    does: Does
    to: str
    id: int = 0

    @property
    def line(self) -> str:
        """It as merchants write it."""
        shown = f"{self.does} {self.to}" if self.does in ("product", "reply") else self.to
        return f"{self.title} = {shown}"


class Attached(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands around the words.

    Attributes:
        picture: The address of a picture above them; empty for none.
        sku: The SKU of a product whose card stands below them; empty for none.
        product_id: `products.id` of it.
        buttons: Below the words.
        quick_replies: In the place of those that the shop offers.
    """

    picture: str = ""
    sku: str = ""
    product_id: int = 0
    buttons: tuple[Choice, ...] = ()
    quick_replies: tuple[Choice, ...] = ()


NOTHING = Attached()


def choices(lines: str) -> tuple[Choice, ...]:
    """Buttons or quick replies as they are written, those that cannot be left out.

    Args:
        lines: A line each.
    """
    return tuple(made for line in lines.splitlines() if isinstance(made := _choice(line), Choice))


def choices_problem(lines: str, *, are_buttons: bool) -> str:
    """Why some lines cannot be buttons or quick replies: what is wrong with the first that is; empty where nothing is.

    Args:
        lines: A line each.
        are_buttons: Whether they are buttons.
    """
    what, most = ("button", limits.BUTTONS) if are_buttons else ("quick reply", limits.QUICK_REPLIES)
    titles: set[str] = set()
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        made = _choice(line)
        if isinstance(made, str):
            return f"Line {number}: {made}"
        if len(made.title) > limits.BUTTON_TITLE:
            length = len(made.title)
            return f"Line {number}: “{made.title}” has {length} characters; Messenger shows {limits.BUTTON_TITLE}."
        if not are_buttons and made.does in ("link", "call"):
            return f"Line {number}: a quick reply cannot open a link or call. Make it a button."
        if made.title.casefold() in titles:
            return f"Line {number}: there is a {what} “{made.title}” already."
        titles.add(made.title.casefold())
    if len(titles) > most:
        several = "buttons" if are_buttons else "quick replies"
        return f"These are {len(titles)} {several}; Messenger shows {most}."
    return ""


def in_order(lines: str) -> str:
    """Lines as they are kept: each as `Choice.line` has it.

    Args:
        lines: As they were typed, without a problem.
    """
    return written(choices(lines))


def written(made: Sequence[Choice]) -> str:
    """Buttons or quick replies as merchants write them, a line each.

    Args:
        made: The buttons.
    """
    return "\n".join(one.line for one in made)


async def found(
    conn: Connection, *, picture: str, sku: str, buttons: str, quick_replies: str, language: str
) -> Attached:
    """What stands around the words, with what it leads to.

    Args:
        conn: An open connection.
        picture: The address of the picture; empty for none.
        sku: Of the product on the card; empty for none.
        buttons: A line each.
        quick_replies: A line each.
        language: "en" or "fil", of the reply.

    Raises:
        Unfit: A product or a reply that is named is not there.
    """
    product_id = await _product(conn, sku, "sku") if sku else 0
    return Attached(
        picture=picture,
        sku=sku,
        product_id=product_id,
        buttons=await _led(conn, choices(buttons), "buttons", language),
        quick_replies=await _led(conn, choices(quick_replies), "quick_replies", language),
    )


async def skus_there(conn: Connection, *, skus: Sequence[str]) -> frozenset[str]:
    """Those of some SKUs that are of a product, in small letters.

    Args:
        conn: An open connection.
        skus: The SKUs.
    """
    if not skus:
        return frozenset()
    rows = (await conn.run("SELECT sku FROM products WHERE sku IN %(skus)s", skus=list(skus))).rows
    return frozenset(str(row[0]).casefold() for row in rows)


async def _led(conn: Connection, made: Sequence[Choice], field: str, language: str) -> tuple[Choice, ...]:
    """They, with what each leads to."""
    ids = {"product": lambda to: _product(conn, to, field), "reply": lambda to: _reply(conn, to, field, language)}
    return tuple(
        [msgspec.structs.replace(one, id=await ids[one.does](one.to)) if one.does in ids else one for one in made]
    )


async def _product(conn: Connection, sku: str, field: str) -> int:
    product_id = await conn.value("SELECT id FROM products WHERE sku = %(sku)s", sku=sku)
    if product_id is None:
        raise Unfit(field, f"There is no product with the SKU “{sku}”.")
    return int(str(product_id))


async def _reply(conn: Connection, keyword: str, field: str, language: str) -> int:
    reply_id = await conn.value(
        "SELECT id FROM chatbot_replies WHERE keyword = %(keyword)s ORDER BY language = %(language)s DESC, id LIMIT 1",
        keyword=keyword,
        language=language,
    )
    if reply_id is None:
        raise Unfit(field, f"There is no reply with the keyword “{keyword}”.")
    return int(str(reply_id))


def _choice(line: str) -> Choice | str:
    """What a line means, or why it means nothing."""
    title, equals, to = (" ".join(part.split()) for part in line.partition("="))
    if not equals or not to:
        return _HOW
    if not title:
        return "Write what stands on it in front of the “=”."
    verb, _, rest = to.partition(" ")
    if verb.casefold() == "product" and rest:
        return Choice(title, "product", rest)
    if verb.casefold() == "reply" and rest:
        return Choice(title, "reply", rest)
    if to.casefold() in PLACES:
        return Choice(title, "go", to.casefold())
    if "://" in to or to.startswith("www."):
        return _link(title, to)
    if _PHONE.fullmatch(to):
        return _call(title, to)
    return _HOW


def _link(title: str, to: str) -> Choice | str:
    address = to if "://" in to else f"https://{to}"
    try:
        parts = urlsplit(address)
        is_fine = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        is_fine = False
    if not is_fine or any(mark in address for mark in ' "<>\\^`{}') or len(address) > LINK_MOST:
        return f"“{to[:60]}” is no link that Messenger opens. Links begin with https://."
    return Choice(title, "link", address)


def _call(title: str, to: str) -> Choice | str:
    digits = re.sub(r"\D", "", to)
    number = f"+{digits}" if to.startswith("+") else f"+63{digits[1:]}" if digits.startswith("0") else ""
    if not 9 <= len(digits) <= 15 or not number:
        return f"“{to}” is no phone number. Write it with its country, such as +63 917 123 4567."
    return Choice(title, "call", number)
