"""The screen of promos: its list with the calendar, and every page of them."""

from handlers.console.base.nouns.noun_pages import noun_pages
from handlers.console.base.pages import Screen
from handlers.console.promos.promo import LIST, PROMO

SCREEN = Screen(noun_pages(LIST, PROMO), name="Promos", icon="star")
