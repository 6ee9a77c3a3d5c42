"""Addresses as they are compared: two spellings of one door are one text."""

from bot.language.fold import fold

_SHORT = {
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "rd": "road",
    "blvd": "boulevard",
    "hwy": "highway",
    "blk": "block",
    "lt": "lot",
    "ph": "phase",
    "bldg": "building",
    "flr": "floor",
    "subd": "subdivision",
    "vill": "village",
    "cor": "corner",
    "sto": "santo",
    "sta": "santa",
}
_NOISE = frozenset({"barangay", "brgy", "bgy", "bo", "no", "number", "city", "of", "lungsod", "ng", "municipality"})
_MOST = 255  # characters of the column that holds one


def compared_address(*, line: str, city: str, barangay: str = "") -> str:
    """An address as it is compared with others, such as "12 mabini street, poblacion, makati".

    Args:
        line: House and street.
        city: City or town.
        barangay: The barangay; two addresses are compared with it and without it, since many leave it out.

    Returns:
        The text; empty where there is no street or no city, since a whole town is nobody's door.
    """
    street, town, village = _plain(line), _plain(city), _plain(barangay)
    if not street or not town:
        return ""
    return ", ".join(part for part in (street, village, town) if part)[:_MOST]


def _plain(text: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in fold(text).split() if word not in _NOISE)
