"""What every server and worker reads and compiles when it starts, done once by the program that they are born of."""

from bot.language.country.gazetteer import is_barangay, towns_by_name
from handlers.console.wording.blocks import blocks
from replies.environment import compiled
from replies.words import Words, own_words
from repository.catalogue.finding.index import Index

_CURRENCY = "PHP"


def warm() -> None:
    """Have in memory what a server makes beside its first turns: its words, the country's places, its console's list.

    That is two seconds of work, which each would do again.
    """
    words = Words(currency=_CURRENCY)
    for name, language in own_words():
        compiled(_CURRENCY, words.source(name, language))
    towns_by_name()
    is_barangay("")
    blocks()
    Index()
