"""Several changes of the cart in one message: "gawing 2 yung kawali tapos tanggalin yung mug"."""

import re
from collections.abc import Iterator

from bot.language.buying.correcting import line_change_in
from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import pointed
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.texts import is_polite, is_question
from dialogs.engine.claimed import ChangesLine, ChangesSeveral, Claims, OneChange
from dialogs.engine.heard import ChangesKind
from dialogs.reading.candidate import LIKELY, Candidate
from dialogs.reading.context import Context
from dialogs.reading.correcting import read_kind_change, read_line_change
from dialogs.reading.goods.claiming import is_counted_thing

_BETWEEN = re.compile(
    rf"(\s*[,;\n]+\s*(?:{pattern('search.between')}\s)?|(?<=[^\d][.!])\s+|\s{pattern('search.between')}\s|\s*[&+]\s*)",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[,;.!\n]")
_PARTS_MOST = 5
_NAME_MOST = 4
_TURNS = words_for("edit.instead", "edit.only", "all.only", "answer.no")
"""Words with which another sentence begins: "tanggalin yung mug, kawali na lang" takes one thing out."""
_ADDING = re.compile(
    rf"^(?:(?:mag|pa|i)[\s-]+)?{pattern('wish.add')}\s+(?:(?:po|mo|ka|kayo|ako|na|din|rin|ng|a)\s+)*(?=\d)"
)
_INSTEAD_BY = re.compile(
    rf"^{pattern('edit.change')}(?:\s+(?:mo|nyo|po|na|lang|it|them))*\s+(?:ng|by|with)\s+(.+)$", re.IGNORECASE
)
"""Such as "palitan ng banana chips", behind what is taken out."""
_ADD = words_for("wish.add", "quantity.more", "edit.more")


def read_changes(text: str, context: Context) -> Iterator[Candidate]:
    """Several changes of what is in the cart, where each part of the message is one."""
    if not context.is_looking or context.listens or is_question(text):
        return
    if (whole := line_change_in(text)) and whole.others:
        return  # "remove all except the kawali and the kettle" is one change
    pieces = _BETWEEN.split(text)
    if not 1 < len(pieces) // 2 + 1 <= _PARTS_MOST:
        return
    changes: list[OneChange] = []
    for at in range(0, len(pieces), 2):
        part = without_lead(pieces[at])
        if not fold(part) or is_polite(part):
            continue
        goes_on = changes[-1] if changes and at and not _STOPS.search(pieces[at - 1]) else None
        change = _one(part, context, goes_on, changes[-1] if changes else None)
        if change is None:
            return
        changes.append(change)
    if len(changes) < 2 or all(isinstance(change, Claims) for change in changes):
        return
    heard = ChangesSeveral(text=text, changes=tuple(changes))
    value = f"{len(changes)} changes"
    why = "each of its parts changes something in the cart"
    yield Candidate(kind="correction", name="changes", value=value, score=LIKELY, why=why, heard=heard)


def _one(part: str, context: Context, goes_on: OneChange | None, goes_before: OneChange | None) -> OneChange | None:
    """The change that a part of the message wants; what only names something goes on with the change before it."""
    part = _ADDING.sub("", part)
    kind = next(read_kind_change(part, context), None)
    if kind and isinstance(kind.heard, ChangesKind) and not (goes_before and _INSTEAD_BY.match(part)):
        return kind.heard
    instead = _INSTEAD_BY.match(part)
    if instead and isinstance(goes_before, ChangesLine) and goes_before.quantity == 0:
        told = pointed(instead[1])
        return Claims(text=part, said=told.said, quantity=told.quantity or 1) if told and told.rest else None
    line = next(read_line_change(part, context), None)
    if line and isinstance(line.heard, ChangesLine) and line.heard.goods:
        return line.heard
    told = pointed(part)
    if told is None or told.asks or told.price or told.place:
        return None
    if is_counted_thing(told, part):
        goods = " ".join(word for word in told.rest if word not in _ADD)
        return Claims(text=part, said=goods, quantity=told.quantity or 1) if goods else None
    only_names = told.rest and len(told.rest) <= _NAME_MOST and not told.takes and not set(fold(part).split()) & _TURNS
    if isinstance(goes_on, ChangesLine) and only_names:
        return ChangesLine(goes_on.text, told.said, goes_on.quantity, goes_on.more, goes_on.times)
    return None
