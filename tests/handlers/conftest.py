"""The shop and its shoppers, as the conversations use them."""

from tests.conversations.conftest import ana, ben, shop

__all__ = ["ana", "ben", "shop"]
