"""What some of the rules can be chosen from, by the value that is stored, in a merchant's words."""

from collections.abc import Mapping

METHODS: Mapping[str, str] = {
    "cod": "Cash on delivery",
    "gcash": "GCash",
    "paymaya": "Maya",
    "bank_transfer": "Bank transfer",
    "credit_card": "Card, through your payment link",
}
"""What a shop can be paid by, as in `orders.payment_method`, in a merchant's words."""
WEEKDAYS: Mapping[str, str] = {
    "0": "Monday",
    "1": "Tuesday",
    "2": "Wednesday",
    "3": "Thursday",
    "4": "Friday",
    "5": "Saturday",
    "6": "Sunday",
}
"""The days of a week, as `datetime.weekday` counts them."""
LANGUAGES: Mapping[str, str] = {"en": "English", "fil": "Filipino and Taglish"}
"""The languages that the bot can answer in, in the order in which one stands for the other."""
MENU: Mapping[str, str] = {
    "shop": "Shop now",
    "cart": "My cart",
    "orders": "My orders",
    "promos": "Promos",
    "shipping": "Shipping fees",
    "help": "Help",
}
"""What can stand in the page's menu, in its order."""
ICE_BREAKERS: Mapping[str, str] = {
    "shop": "What do you sell?",
    "promos": "Any promos today?",
    "shipping": "How much is shipping?",
    "orders": "Where is my order?",
    "person": "Can I talk to a person?",
}
"""What can be offered to whoever opens the chat for the first time, in its order."""
