"""States of looking around: lists of products, brands, categories, and one product."""

from dialogs.engine.state import Idle, State


class BrowsingCategories(State, frozen=True, tag="browse.categories"):
    """A page of the categories is shown; of those within one, where there is one."""

    page: int = 1
    within: int = 0


class BrowsingCategory(State, frozen=True, tag="browse.category"):
    """A page of a category's products is shown; `above` is the category in which it stands, 0 for none."""

    category_id: int
    page: int = 1
    sort: str = ""
    above: int = 0


class BrowsingFeatured(State, frozen=True, tag="browse.featured"):
    """A page of the featured products is shown."""

    page: int = 1


class BrowsingList(State, frozen=True, tag="browse.list"):
    """A page of a list of products is shown: of new ones, say, or of a brand."""

    kind: str
    of: int = 0
    sort: str = ""
    page: int = 1


class BrowsingBrands(State, frozen=True, tag="browse.brands"):
    """A page of the brands is shown."""

    page: int = 1


class Searching(State, frozen=True, tag="search"):
    """A page of what was searched for is shown."""

    text: str
    page: int = 1
    sort: str = ""


Listed = BrowsingCategory | BrowsingFeatured | BrowsingList | Searching
"""A list of products, to which one can go back."""

Looking = Listed | BrowsingCategories | Idle
"""Where a list leads: to itself, to the categories where it is gone, to nothing where nothing was found."""


class ViewingProduct(State, frozen=True, tag="product"):
    """One product is shown; `origin` is the list that it was opened from."""

    product_id: int
    origin: Listed | None = None


class ChoosingVariant(State, frozen=True, tag="product.variant"):
    """The shopper is asked which variant; `buying` goes on to checkout with it.

    `said` is what was said of it so far, such as "L" where there is a white and a navy one; `quantity` are the pieces
    that are wanted.
    """

    product_id: int
    buying: bool = False
    origin: Listed | None = None
    said: str = ""
    quantity: int = 1
