"""Addresses in what was typed: the text without them, and which of our posts, links or places they are of.

Nothing looks for the words of an address. Forms of Facebook's addresses as its share buttons make them in 2026.
"""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

_TLD = r"(?:com|ph|me|net|org|io|co|shop|store|link|gl|watch|app|ly|be|page|site|info|gle)"
_URL = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"']+|(?<![\w@.])(?:[\w-]+\.)+{_TLD}(?:\.[a-z]{{2}})?/[^\s<>\"']*", re.IGNORECASE
)
_TAIL = ".,;:!?)]}”’"
_POST = re.compile(
    r"/(?:posts|permalink|reel|reels|videos)/(?:[^/?#]*/)?(?P<post>pfbid\w+|\d{3,})"
    r"|/photos/[^/?#]+/(?P<photo>\d{3,})|/share/(?:[prv]/)?(?P<share>\w{5,})",
    re.IGNORECASE,
)
_OF_A_POST = ("story_fbid", "fbid", "v", "multi_permalinks")
_FACEBOOK = ("facebook.com", "fb.com", "fb.watch", "fb.me")
_CHAT = ("m.me", "messenger.com")
_MAPS = ("maps.app.goo.gl", "goo.gl", "maps.google.com", "google.com", "maps.apple.com", "waze.com", "bing.com")
_PLACE = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{3,})\s*(?:,|%2C|~)\s*\+?(-?\d{1,3}\.\d{3,})", re.IGNORECASE)
PIN_MOST = 255
"""Characters of a pin that is kept."""


class Linked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text, and the addresses that stood in it.

    Attributes:
        text: The text without them, white space at its ends removed.
        urls: The addresses, in order.
        ref: What the first link into a page's chat carried, empty for none.
        post_id: The first post, reel or picture on Facebook, empty for none.
        pin: The first place on a map, as `pin_of` has it; empty for none.
    """

    text: str
    urls: tuple[str, ...] = ()
    ref: str = ""
    post_id: str = ""
    pin: str = ""


def links_in(text: str) -> Linked:
    """The addresses in a text, and the text without them.

    Args:
        text: What was typed.
    """
    has_any = "/" in text or "www." in text.lower()
    urls = tuple(found.rstrip(_TAIL) for found in _URL.findall(text)) if has_any else ()
    if not urls:
        return Linked(text=text.strip())
    rest = " ".join(_URL.sub(" ", text).split())
    return Linked(
        text=rest,
        urls=urls,
        ref=next(filter(None, map(_ref_of, urls)), ""),
        post_id=next(filter(None, map(post_of, urls)), ""),
        pin=next(filter(None, map(_pin_at, urls)), ""),
    )


def post_of(url: str) -> str:
    """The id of the post, reel or picture on Facebook that an address is of; empty where it is of none.

    Args:
        url: The address.
    """
    host, path, query = _taken_apart(url)
    if not _is_of(host, _FACEBOOK):
        return ""
    if host.endswith("fb.watch"):
        return path.strip("/")[:100]
    if found := _POST.search(path):
        return found["post"] or found["photo"] or found["share"]
    return next((query[name][0][:100] for name in _OF_A_POST if name in query), "")


def bare_post_id(post_id: str) -> str:
    """The id of a post without the page's in front of it, which Facebook writes in some places only.

    Args:
        post_id: Such as "102030_405060".
    """
    return post_id.rpartition("_")[2][:100]


def pin_of(latitude: float, longitude: float) -> str:
    """A place as it is kept for the rider: "14.599512,120.984222".

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
    """
    return f"{latitude:.6f},{longitude:.6f}"


def is_title(text: str) -> bool:
    """Whether a title holds words, and is not only an address.

    Args:
        text: The title of something that was shared.
    """
    return any(map(str.isalpha, links_in(text).text))


def _ref_of(url: str) -> str:
    host, _, query = _taken_apart(url)
    return query.get("ref", [""])[0] if _is_of(host, _CHAT) else ""


def _pin_at(url: str) -> str:
    """The place of an address of a map: its coordinates where it has them, else the address, which opens there."""
    host, path, _ = _taken_apart(url)
    if not _is_of(host, _MAPS) or (host.endswith(("google.com", "goo.gl", "bing.com")) and "map" not in host + path):
        return ""
    if found := _PLACE.search(unquote(url)):
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return pin_of(latitude, longitude)
    whole = url if "://" in url else f"https://{url}"
    return whole if whole.startswith("https://") and len(whole) <= PIN_MOST else ""


def _taken_apart(url: str) -> tuple[str, str, dict[str, list[str]]]:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        return (parts.hostname or "").lower(), parts.path, parse_qs(parts.query, max_num_fields=40)
    except ValueError:  # no address after all, such as "https://[x"
        return "", "", {}


def _is_of(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
