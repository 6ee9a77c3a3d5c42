"""Taps that lead through the shop's lists, and closer to one product."""

from replies.taps import ShopTap


class OpenList(ShopTap, frozen=True):
    """Show a list of products: "all", "new", "best", "sale", "brand" or "similar"; of a brand, or to a product."""

    kind: str
    of: int = 0
    sort: str = ""
    page: int = 1


class SortList(ShopTap, frozen=True):
    """Show the list that is open with what costs least first, "cheap", or most, "dear"; "" is its own order."""

    sort: str = "cheap"


class BrowseBrands(ShopTap, frozen=True):
    """Show the brands."""

    page: int = 1


class SeePrices(ShopTap, frozen=True):
    """Say between which prices what is sold lies."""


class SeePictures(ShopTap, frozen=True):
    """Show every picture of a product."""

    product_id: int


class SeeSizes(ShopTap, frozen=True):
    """Say which size of a product fits whom."""

    product_id: int = 0


class ShareProduct(ShopTap, frozen=True):
    """Give the link that leads whoever opens it to a product, or to the shop."""

    product_id: int = 0


class WhenItArrives(ShopTap, frozen=True):
    """Say when something that is ordered now arrives where the shopper lives."""


class SeePoints(ShopTap, frozen=True):
    """Say which tier and how many points the shopper has."""


class UseUsual(ShopTap, frozen=True):
    """Order with the usual address and the usual way to pay."""

    address_id: int
    method: str = ""


class StopNews(ShopTap, frozen=True):
    """Have no promos and reminders any more."""
