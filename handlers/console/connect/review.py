"""Going live: what each permission is for, in texts that can be pasted into Facebook's App Review."""

import msgspec


class Permission(msgspec.Struct, frozen=True):
    """A permission that is asked for.

    Attributes:
        name: As Facebook calls it.
        text: What to answer to "How will your app use it?".
        shown: What the recording has to show.
    """

    name: str
    text: str
    shown: str


PERMISSIONS = (
    Permission(
        "pages_messaging",
        "Our page is a shop. Shoppers write to it in Messenger; our app answers them: it shows products, takes their "
        "order, asks for the delivery address and tells them when the parcel is on its way. It writes only to people "
        "who wrote to the page first, and within the time that Messenger allows.",
        "A shopper writes “hello”, opens a product, adds it to the cart and confirms; the page answers each time.",
    ),
    Permission(
        "pages_manage_metadata",
        "Our app subscribes our own page to webhooks, so that messages to the page reach the shop, and sets the "
        "greeting, the Get Started button and the menu of our own page.",
        "This page of the console: the steps “Tell the app” and “Greeting and menu” are pressed and turn green.",
    ),
    Permission(
        "pages_show_list",
        "The owner of the shop chooses, from the list of pages they manage, the one that the shop answers on.",
        "This page of the console: a token is pasted, the list of pages appears and one is chosen.",
    ),
    Permission(
        "pages_utility_messaging",
        "Our app tells shoppers what happens to an order that they placed (paid, sent, delivered) with templates that "
        "Meta approved, also when their last message is more than a day old. No advertising is sent.",
        "An order is marked as sent in the console, and the shopper gets the notice in Messenger.",
    ),
)
"""What this program uses, and nothing that it does not: a permission that is asked for in vain is refused."""
