"""Barcodes, as scanners and people type them."""

import re

MOST = 48
"""Characters that a barcode can have."""
_CHECKED = frozenset({8, 12, 13, 14})
"""How many digits EAN, UPC and GTIN have; the last one is reckoned from the others."""
_AROUND = "?!.,;:()[]\"'#"
_CODE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9._/-]{3,47}")
_CODES_MOST = 3


def tidy(text: str) -> str:
    """A barcode as it is kept: digits in groups stand together.

    Args:
        text: As it was typed, scanned, or stands in a sheet.
    """
    plain = " ".join(text.split())
    digits = re.sub(r"[ -]", "", plain)
    return digits if len(digits) >= 8 and re.fullmatch(r"[0-9]+", digits) else plain


def is_fit(barcode: str) -> bool:
    """Whether a scanner can have read it.

    Args:
        barcode: As `tidy` has it.
    """
    return re.fullmatch(r"[\x20-\x7e]{1,48}", barcode) is not None


def is_mistyped(barcode: str) -> bool:
    """Whether its last digit does not fit the others, as it does on whatever is sold in shops.

    Args:
        barcode: As `tidy` has it.
    """
    if len(barcode) not in _CHECKED or re.fullmatch(r"[0-9]+", barcode) is None:
        return False
    *digits, last = map(int, barcode)
    weighed = sum(digit * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return (weighed + last) % 10 != 0


def ways(text: str) -> list[str]:
    """How the barcode that a scanner types may be kept: UPC of 12 digits is EAN of 13 with a zero before it.

    Args:
        text: What was typed.
    """
    code = tidy(text)
    if re.fullmatch(r"0[0-9]{12}", code):
        return [code, code[1:]]
    return [code, f"0{code}"] if re.fullmatch(r"[0-9]{12}", code) else [code]


def codes_in(text: str) -> list[str]:
    """What in a text may be the code of something: a word with a digit, or all of it where it is digits in groups.

    Args:
        text: What was typed or scanned.
    """
    whole = tidy(text)
    words = [whole] if whole.isascii() and whole.isdigit() else text.split()
    tidied = (word.strip(_AROUND) for word in words)
    return [word for word in tidied if _CODE.fullmatch(word)][:_CODES_MOST]
