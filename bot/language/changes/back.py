"""What shall be in the cart again after it was taken out: "ibalik mo yung tumbler", "put the mug back"."""

from bot.language.buying.pointing import pointed
from bot.language.fold import fold
from bot.language.lexicon import words_for

_BACK = words_for("again.back")
_MY = words_for("again.mine")
"""Who says it of themselves wants to send something back."""
_NOT = words_for(
    "wish.received", "wish.order", "wish.came", "anger.money", "topic.damaged", "topic.refund", "topic.shipping"
)
_LAUGHS = words_for("again.around", "edit.around")
_LONGEST = 8
_GOODS_MOST = 4


def put_back_in(text: str) -> str | None:
    """The words that name what shall be in the cart again, empty where none do; None where nothing shall.

    Args:
        text: What was typed while the cart is on show.
    """
    words = fold(text).split()
    said = set(words)
    if (
        len(words) > _LONGEST
        or not said & _BACK
        or said & (_NOT | _MY)
        or not said & words_for("small.you", "again.cart")
    ):
        return None
    told = pointed(" ".join(word for word in words if word not in _BACK | _LAUGHS))
    rest = [word for word in told.rest if word not in _LAUGHS] if told else []
    return " ".join(rest) if len(rest) <= _GOODS_MOST else None
