"""What Graph does not take any more, or not from an app as new as every new merchant's.

| what | since | source |
|---|---|---|
| `date_format`, `GET /?ids=` | 27 October 2026, every version | notes on the changelog of v26.0 |
| `?method=`, JSONP, asynchronous batches | 4 November 2026, for apps made since | Meta's developer blog of that day |
| versions that are not out | always | Graph's changelog of 29 October 2026 names v27.0 as the newest |

Field aliases, which ended with the second line, are refused in `nested`. `pretty` and `debug` are ignored.
"""

import re

from bot.workshop.emulator.answers import Refusal
from bot.workshop.emulator.calls import Call

#: The newest version that is out (Meta's developer blog, 4 November 2026).
NEWEST = 27
#: Versions before v4.0 had a number behind the dot: the last of each.
_OLDER = {1: 0, 2: 12, 3: 3}
_VERSION = re.compile(r"v(\d{1,3})\.(\d{1,2})")


def check(call: Call) -> None:
    """Refuse what is no more.

    Raises:
        Refusal: As Graph refuses it.
    """
    if call.version and not _is_out(call.version):
        raise Refusal(2500, f"Unknown path components: /{'/'.join((call.version, *call.path))}")
    if "date_format" in call.fields:
        raise Refusal(100, "The parameter date_format is not supported any more")
    if not call.path and call.method == "GET" and "ids" in call.fields:
        raise Refusal(100, "Requests with multiple ids are not supported any more")
    for name in ("method", "callback"):
        if name in call.fields:
            raise Refusal(100, f"The parameter {name} is not available to this app")
    if not call.path and call.fields.get("is_parallel") is not None:
        raise Refusal(100, "Asynchronous batches are not available to this app")


def _is_out(version: str) -> bool:
    match = _VERSION.fullmatch(version)
    if match is None:
        return False
    major, minor = int(match[1]), int(match[2])
    return 0 < major <= NEWEST and minor <= _OLDER.get(major, 0)
