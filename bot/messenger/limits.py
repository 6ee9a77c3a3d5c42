"""Messenger's limits as numbers; `bot.messenger.checks` holds a send against them.

Contract, section 3.3: characters are Unicode code points. Where Meta leaves open whether it counts characters or bytes
(the two long texts), what we send keeps to both.
"""

TEXT = 1999
"""Characters of a text message: "less than 2000"."""
METADATA = 999
"""Characters of `metadata`: "less than 1000"."""
IMAGES = 30
"""Images in one message."""
QUICK_REPLIES = 13
QUICK_REPLY_TITLE = 20
PAYLOAD = 1000
"""Characters of the payload of a button, a quick reply, a menu item or Get Started."""
ELEMENTS = 10
"""Cards in a generic or product template."""
ELEMENT_TITLE = 80
ELEMENT_SUBTITLE = 80
BUTTONS = 3
"""Buttons on a card or below a text."""
BUTTON_TITLE = 20
BUTTON_TEXT = 640
"""Characters of the text of a button template."""
RECEIPT_LINES = 100
GRID_IMAGES = (2, 6)
GRID_TITLE = 45
GRIDS_FROM = (26, 0)
"""The version of Graph from which on image grids are sent: their page is of 30 June 2026, v26.0 came on 29 July."""
MENU_ITEMS = 20
MENU_TITLE = 30
ICE_BREAKERS = 4
GREETING = 160
OPTIN_TITLE = 65
"""Characters of the title of a one-time notification request."""
PERSONA_NAME = 50
BATCH = 50
"""Calls in one batch request."""
FORM_DAYS = 7
"""How long a customer information form can stay open."""
PRIVATE_REPLIES = 750
"""Private replies to comments that a page may send in an hour (contract, section 5)."""
COMMENT_DAYS = 7
"""How old a comment may be that is answered privately (Meta's page "Private Replies")."""


def has_grids(version: str) -> bool:
    """Whether a version of Graph has image grids.

    Args:
        version: Such as "v26.0".
    """
    numbers = version.removeprefix("v").split(".")
    return all(map(str.isdigit, numbers)) and tuple(map(int, numbers)) >= GRIDS_FROM
