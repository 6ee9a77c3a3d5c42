"""The screen of products, with every page of it."""

from handlers.console.base.nouns.noun_pages import noun_pages
from handlers.console.base.nouns.restoring import restoring
from handlers.console.base.pages import Page, Screen
from handlers.console.base.uploads import FILE_MOST
from handlers.console.products import listing, past, pictures, variants
from handlers.console.products.listing import HOME
from handlers.console.products.product import PRODUCT
from handlers.console.products.shelves import BRAND, BRAND_LIST, CATEGORY, CATEGORY_LIST
from handlers.console.products.words import WORDS, WORDS_LIST

_ONE = HOME + r"/{id:\d+}"
_EDITS = "products.edit"

SCREEN = Screen(
    (
        Page("GET", HOME, listing.show, "products.view"),
        Page("POST", f"{HOME}/rows", listing.save_rows, _EDITS),
        Page("POST", f"{HOME}/switch", listing.switch, _EDITS),
        *PRODUCT.pages,
        Page(
            "POST",
            rf"{HOME}/versions/{{id:\d+}}/restore",
            restoring(PRODUCT, back=HOME, called="product"),
            _EDITS,
        ),
        Page("GET", f"{_ONE}/past", past.show, "products.view"),
        Page("POST", f"{_ONE}/copy", PRODUCT.copy, _EDITS),
        Page("POST", f"{_ONE}/pictures", pictures.add, _EDITS, FILE_MOST),
        Page("POST", _ONE + r"/pictures/{picture:\d+}/move", pictures.move, _EDITS),
        Page("POST", _ONE + r"/pictures/{picture:\d+}/remove", pictures.remove, _EDITS),
        Page("POST", f"{_ONE}/variants", variants.make, _EDITS),
        Page("POST", _ONE + r"/variants/{variant:\d+}", variants.save, _EDITS),
        Page("POST", _ONE + r"/variants/{variant:\d+}/delete", variants.delete, _EDITS),
        *noun_pages(CATEGORY_LIST, CATEGORY),
        *noun_pages(BRAND_LIST, BRAND),
        *noun_pages(WORDS_LIST, WORDS),
    ),
    name="Products",
    icon="tag",
)
