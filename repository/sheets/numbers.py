"""Prices and pieces as people type them."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import msgspec

_CODES = (
    "PHP USD EUR GBP CAD AUD NZD SGD MYR IDR THB VND TWD HKD CNY JPY KRW INR LKR PKR BDT NPR AED SAR QAR KWD "
    "OMR BHD ILS TRY EGP MAD TND NGN GHS KES UGX TZS ZAR XOF XAF BGN RON CZK PLN HUF DKK SEK NOK ISK CHF UAH "
    "RUB KZT MXN BRL ARS CLP COP PEN UYU BOB PYG HNL GTQ NIO CRC DOP JMD MMK KHR LAK MVR MUR "
)
CURRENCIES = frozenset(_CODES.split())
"""ISO codes that a price or a title can name."""
WORDS_OF_MONEY = {
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "peso": "PHP", "pesos": "", "php": "PHP", "lek": "ALL", "baht": "THB",
    "ringgit": "MYR", "rupiah": "IDR", "лв": "BGN", "грн": "UAH", "руб": "RUB", "บาท": "THB",
}  # fmt: skip
"""What titles call a currency; empty for a word that several have."""
PRICE_MOST = Decimal("99999999.99")
STOCK_MOST = 2_000_000_000
_SIGNS = {"₱": "PHP", "€": "EUR", "£": "GBP", "₹": "INR", "฿": "THB", "₫": "VND", "₩": "KRW", "Rp": "IDR", "RM": "MYR"}
_NUMBER = re.compile(r"[+-]?\d[\d.,'’\s]*|[+-]?[.,]\d+")
_PIECE = frozenset({"pc", "pcs", "piece", "pieces", "each", "ea", "isa", "only", "lang", "net", "nett"})
_UNITS = {
    **dict.fromkeys(("kg", "kilo", "kgs"), "kg"),
    **{unit: unit for unit in ("g", "dozen", "set", "pair", "pack", "box", "bundle", "roll", "meter", "yard", "liter")},
}
"""What stands behind a price that is for so much."""
_SEVERAL = re.compile(r"(?i)\D{0,4}\d+\s*(pcs?|pieces?|for|x)\b.*\d")
_MORE_THAN_ONE = re.compile(r"(?i).*\d\s*(-|–|~|/|to|or)\s*(₱|php|p)?\s*\d")
_DOLLARS = {"US$": "USD", "R$": "BRL", "S$": "SGD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD"}
SOME_DOLLAR = "$"
"""What stands for the currency where a price says "$": one of many."""
OF_DOLLARS = frozenset((*_DOLLARS.values(), *["USD", "NZD", "MXN", "ARS", "CLP", "COP", "UYU", "JMD", "DOP"]))
WITHOUT_CENTS = frozenset(("IDR", "VND", "KRW", "CLP", "COP", "PYG", "LAK", "MMK"))
"""Where "12.500" is twelve thousand, for nobody has coins any more."""
_MARKS = frozenset(["P", "PHP", "PESOS", "PESO", "RS", "KR", "/", "¥", "元"])
"""What may stand beside a price and says no more than that it is one."""
_CONTAINERS = (
    "pcs?|pieces?|piraso|pirasong|kabuok|buok|pairs?|pares|sets?|units?|packs?|pakete|box|boxes|kahon|bottles?|bote|"
    "cans?|lata|sachets?|rolls?|rolyo|bundles?|bigkis|tali|bags?|supot|sacks?|sako|jars?|garapon|cups?|tasa|bars?|"
    "trays?|cartons?|cases?|balot|tubs?|tubes?|pouch|pouches|sheets?|books?|reams?|gallons?|galon|copies|items?|heads?|ulo"
)
"""What goods are counted in: so many of what is sold."""
_COUNTED = re.compile(
    rf"(?i)\s*(?<![A-Za-z])(na )?(({_CONTAINERS})\b\.?"
    r"(\s+(left|na lang|lang|pa|remaining|available|natitira))?"
    r"|left|na lang|lang|pa|remaining|available|natitira)$"
)
_DOZENS = re.compile(r"(?i)[\d.,/ ]+(doz|dozens?|dosena|dz)\.?")
_MEASURES = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos"), "kg"),
    **dict.fromkeys(("g", "gram", "grams", "gramo"), "g"),
    **dict.fromkeys(("l", "liter", "liters", "litro"), "liter"),
    **dict.fromkeys(("m", "meter", "meters", "metro"), "meter"),
    **dict.fromkeys(("yard", "yards", "yarda"), "yard"),
    "ml": "ml",
    "lb": "lb",
    "lbs": "lb",
}
"""Of these there are so many only where the price is for one of them."""
_MEASURED = re.compile(r"(?i)[\d.,/ ]+?(" + "|".join(_MEASURES) + r")\.?")
NOTHING_LEFT = frozenset(
    (
        "outofstock",
        "out of stock",
        "sold out",
        "soldout",
        "sold",
        "discontinued",
        "ubos",
        "ubos na",
        "wala",
        "wala na",
        "no",
    )
)
_SOME = "instock|in stock|on hand|onhand|limited|limited stock|few left|available|unlimited|meron|mayroon|marami|madami"
SOME_LEFT = frozenset((*_SOME.split("|"), "yes"))
_FORMULA = "“{}” is a formula: save the sheet with its values"
_LETTERS_FOR_DIGITS = str.maketrans("oOlI", "0011")


class Refused(Exception):
    """A cell holds no such number; the text says why."""


class Money(msgspec.Struct, frozen=True):
    """An amount as it was read.

    Attributes:
        amount: To two places.
        currency: The ISO code that stands beside it, "$" for one of many, empty for none.
        unit: What it is for, such as "kg"; empty for a piece.
    """

    amount: Decimal
    currency: str = ""
    unit: str = ""


def currency_in(title: str) -> str:
    """The currency that a title names, such as "Price (CAD)" or "Preis Euro"; empty for none.

    Args:
        title: The cell.
    """
    if "₱" in title:
        return "PHP"
    if "€" in title:
        return "EUR"
    words: list[str] = re.findall(r"\w+", title)
    for word in words:
        code = word if word in CURRENCIES else WORDS_OF_MONEY.get(word.casefold(), "")
        if code:
            return str(code)
    return ""


def decimal_sign(texts: Iterable[str], usual: str = ".") -> str:
    """Which sign stands before the decimals in a column: what only one reading allows decides.

    Args:
        texts: The column's cells.
        usual: Which one where none decides.
    """
    points = commas = 0
    for text in texts:
        digits = re.sub(r"[^\d.,]", "", text)
        last = max(digits.rfind("."), digits.rfind(","))
        if last < 0:
            continue
        sign, decimals = digits[last], len(digits) - last - 1
        is_both = "." in digits and "," in digits
        if is_both or (decimals != 3 and digits.count(sign) == 1):
            points, commas = points + (sign == "."), commas + (sign == ",")
        elif digits.count(sign) > 1 and not is_both:
            points, commas = points + (sign == ","), commas + (sign == ".")
    return usual if commas == points else "," if commas > points else "."


def is_either(text: str, sign: str) -> bool:
    """Whether a price may be thousands or have three decimals, such as "1.299" in a column with points.

    Args:
        text: The cell.
        sign: What the column has before its decimals.
    """
    return re.fullmatch(rf"[^\d.,]*[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}[^\d.,]*", text) is not None


def has_thousandths(texts: Iterable[str]) -> bool:
    """Whether a column is written with three decimals: "0.250" and "9769.000" can be nothing else.

    Args:
        texts: The column's cells.
    """
    return any(re.fullmatch(r"\D*(0|\d{4,})[.,]\d{3}\D*", text) for text in texts)


def money(text: str, *, sign: str = ".") -> Money:
    """A price, with its currency before or behind it.

    Args:
        text: The cell.
        sign: What the column has before its decimals: it decides about "1.299" and "1,299" alone.

    Raises:
        Refused: It is no price.
    """
    plain = " ".join(text.split())
    if not plain:
        raise Refused("there is no price")
    if plain.startswith("="):
        raise Refused(_FORMULA.format(plain[:40]))
    if plain.casefold() == "variable":
        raise Refused("the price is “variable”, typed in at the till: there is none")
    currency, rest, unit = _currency(plain)
    amount = _amount(rest, plain, sign)
    if amount < 0:
        raise Refused(f"the price “{plain[:40]}” is below zero")
    if amount > PRICE_MOST:
        raise Refused(f"the price “{plain[:40]}” is larger than any shop can have")
    return Money(amount.quantize(Decimal("0.01")), currency, unit)


def pieces(text: str, *, sign: str = ".", unit: str = "") -> int:
    """A count of pieces; "9769.000" are as many as "9769".

    Args:
        text: The cell, not empty.
        sign: What the column has before its decimals.
        unit: What the price is for: of what is sold by the kilo, so many kilos are there.

    Raises:
        Refused: It is no whole number.
    """
    plain = " ".join(text.split())
    if plain.startswith("="):
        raise Refused(_FORMULA.format(plain[:40]))
    if _DOZENS.fullmatch(plain):
        raise Refused(f"“{plain[:40]}” are dozens: write how many of what you sell there are")
    if measured := _MEASURED.fullmatch(plain):
        one = _MEASURES[measured[1].casefold()]
        if _MEASURES.get(unit.casefold().strip(" ."), "") != one:
            raise Refused(f"“{plain[:40]}” is no number of pieces: write how many, or what one {one} costs")
        plain = plain[: measured.start(1)]
    plain = _COUNTED.sub("", plain)
    bare = re.fullmatch(r"([+-]?\d+)[.,]0+", plain) if plain.count(".") + plain.count(",") == 1 else None
    grouped = sign == "," and re.fullmatch(r"[+-]?\d{1,3}\.000", plain)
    amount = Decimal(bare[1]) if bare and not grouped else _amount(plain, plain, sign)
    if amount != amount.to_integral_value():
        raise Refused(f"“{plain[:40]}” is no whole number of pieces")
    if abs(amount) > STOCK_MOST:
        raise Refused(f"“{plain[:40]}” pieces are more than any shop can have")
    return int(amount)


def _currency(plain: str) -> tuple[str, str, str]:
    """What a price names before or behind its digits, the digits, and what it is for."""
    number = _NUMBER.search(plain)
    if number is None:
        raise Refused(f"“{plain[:40]}” is no price")
    rest = number[0].strip()
    before, behind = plain[: number.start()].strip(), plain[number.end() :].strip()
    marks = [mark.strip(" .:/-") for mark in (before, behind)]
    if behind == ",-" or behind == ".-":
        marks[1] = ""
    currency, unit = "", ""
    per = re.fullmatch(r"(?:(?:per|a) )?([a-z]+)", marks[1].casefold())
    if per and (per[1] in _PIECE or per[1] in _UNITS):
        unit, marks[1] = _UNITS.get(per[1], ""), ""
    for mark in filter(None, marks):
        code = mark.upper()
        known = code if code in CURRENCIES else _SIGNS.get(mark, _DOLLARS.get(code, ""))
        known = known or (SOME_DOLLAR if mark == "$" else "")
        if known:
            currency = known
        elif code not in _MARKS:
            raise Refused(_no_price(plain))
    return currency, rest, unit


def _no_price(plain: str) -> str:
    """Why a text with digits is no price, with what it may mean."""
    if _SEVERAL.match(plain):
        return f"“{plain[:40]}” is a price for several: write what one costs"
    if _MORE_THAN_ONE.match(plain):
        return f"“{plain[:40]}” is more than one price: write each in a row of its own"
    guess = plain.translate(_LETTERS_FOR_DIGITS)
    if thousands := re.fullmatch(r"(?i)[₱P]?\s*(\d{1,4}(?:\.\d{1,2})?)\s*k", plain):
        guess = f"{(Decimal(thousands[1]) * 1000).normalize():f}"
    hint = f": {guess}?" if guess != plain and re.fullmatch(r"[\d.,]+", guess) else ""
    return f"“{plain[:40]}” is no price{hint}"


def _amount(digits: str, shown: str, sign: str) -> Decimal:
    compact = re.sub(r"[\s'’]", "", digits)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+", compact):
        return Decimal(compact)
    point, comma = compact.rfind("."), compact.rfind(",")
    if point >= 0 and comma >= 0:
        sign = "." if point > comma else ","
    elif (only := "." if point >= 0 else "," if comma >= 0 else "") and not re.fullmatch(
        r"[+-]?[1-9]\d{0,2}([.,]\d{3})+", compact
    ):
        sign = only
    other = "," if sign == "." else "."
    whole, _, decimals = compact.partition(sign)
    is_grouped = re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(other)}\d{{3}})*", whole) or (
        re.fullmatch(r"[+-]?\d{1,2}(,\d{2})*,\d{3}", whole) and other == ","
    )
    if not (is_grouped or re.fullmatch(r"[+-]?\d*", whole)) or not re.fullmatch(r"\d*", decimals):
        raise Refused(f"“{shown[:40]}” is no number")
    try:
        return Decimal(f"{whole.replace(other, '') or '0'}.{decimals or '0'}")
    except InvalidOperation as error:
        raise Refused(f"“{shown[:40]}” is no number") from error
