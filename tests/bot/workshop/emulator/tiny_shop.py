"""A tiny shop's answers, one of each kind that Messenger draws."""

from bot.workshop.emulator.answers import Json
from tests.bot.workshop.emulator.peer import text_of

#: Where its pictures are; the tests' bot serves them.
PRODUCTS = (
    ("Blue mug", "Hand-thrown stoneware, 350 ml, safe in the microwave", 120),
    ("Abaca tote bag", "Woven in Bicol", 480),
    (
        "Barako coffee, 250 g",
        "Medium roast from Batangas, whole beans or ground, packed on the day it ships to you",
        265,
    ),
    ("Capiz shell coaster set with a very long name that Messenger cuts off", "Set of four", 350),
)


def quick(title: str, payload: str) -> Json:
    """A quick reply."""
    return {"content_type": "text", "title": title, "payload": payload}


def button(title: str, payload: str) -> Json:
    """A postback button."""
    return {"type": "postback", "title": title, "payload": payload}


def template(kind: str, **payload: object) -> Json:
    """A message that is a template."""
    return {"attachment": {"type": "template", "payload": {"template_type": kind, **payload}}}


def carousel(base: str) -> Json:
    """The products, as cards."""
    cards = [
        {
            "title": name[:80],
            "subtitle": f"₱{price:.2f} · {words}"[:80],
            "image_url": f"{base}/picture/{number}.jpg",
            "buttons": [button("Add to cart", f"ADD:{number}"), button("Details", f"SEE:{number}")],
        }
        for number, (name, words, price) in enumerate(PRODUCTS)
    ]
    return template("generic", elements=cards)


def receipt(base: str) -> Json:
    """An order, placed."""
    lines = [
        {"title": "Blue mug", "quantity": 2, "price": 240, "currency": "PHP", "image_url": f"{base}/picture/0.jpg"},
        {"title": "Barako coffee, 250 g", "subtitle": "Ground", "quantity": 1, "price": 265, "currency": "PHP"},
    ]
    return template(
        "receipt",
        recipient_name="Ana Cruz",
        order_number="ORD-20261125-K7MPQ2",
        currency="PHP",
        payment_method="Cash on delivery",
        timestamp="1795600000",
        elements=lines,
        address={
            "street_1": "12 Mabini Street",
            "city": "Cebu City",
            "postal_code": "6000",
            "state": "Cebu",
            "country": "PH",
        },
        summary={"subtotal": 505, "shipping_cost": 120, "total_cost": 574.5},
        adjustments=[{"name": "Promo MUGS10", "amount": 50.5}],
    )


def answers(item: Json, base: str) -> list[Json]:
    """What the shop says to a message or a tap.

    Args:
        item: The webhook item.
        base: Where its pictures are served.
    """
    words = text_of(item).lower()
    message = item.get("message")
    if isinstance(message, dict) and message.get("attachments"):
        kind = message["attachments"][0]["type"]
        return [{"text": "Nice sticker! 💙" if kind == "sticker" else "Thank you for the picture."}]
    if words == "get_started":
        return [
            {"text": "Hi Ana! I am the shop's bot."},
            {
                "text": "What would you like to do?",
                "quick_replies": [
                    quick("Browse", "BROWSE"),
                    quick("Shipping", "SHIP"),
                    quick("Talk to a person", "HUMAN"),
                ],
            },
        ]
    if words in ("browse", "i want to buy a mug", "menu"):
        return [{"text": "Here is what we have today:"}, carousel(base)]
    if words.startswith("add:"):
        return [
            template(
                "button",
                text="Your cart\n\n1 × Blue mug  ₱120.00\nTotal  ₱120.00",
                buttons=[
                    button("Check out", "BUY"),
                    button("Keep shopping", "BROWSE"),
                    button("Empty the cart", "EMPTY"),
                ],
            )
        ]
    if words == "buy":
        return [{"text": "Salamat, Ana! Your order is placed. 🎉"}, receipt(base)]
    if words == "photo":
        return [
            {"attachment": {"type": "image", "payload": {"url": f"{base}/picture/1.jpg"}}},
            template("media", elements=[{"media_type": "image", "url": "https://www.facebook.com/photo/?fbid=1"}]),
        ]
    if words == "too long":
        return [{"text": "x" * 2500}]
    if "shipping" in words or words == "ship":
        return [
            {
                "text": "Sa Cebu po, ₱120 ang shipping at 2–4 days. Free shipping from ₱5,000! See https://example.com/shipping.",
                "quick_replies": [
                    quick("Browse", "BROWSE"),
                    quick("COD ba?", "COD"),
                    quick("Menu", "MENU"),
                    quick("Track my order", "T"),
                ],
            }
        ]
    return [{"text": f"You said “{text_of(item)}”."}]


PROFILE: Json = {
    "get_started": {"payload": "GET_STARTED"},
    "greeting": [{"locale": "default", "text": "Hi {{user_first_name}}! Mugs, bags and coffee from the islands."}],
    "persistent_menu": [
        {
            "locale": "default",
            "call_to_actions": [
                button("Browse products", "BROWSE"),
                button("My orders", "ORDERS"),
                {"type": "web_url", "title": "Our website", "url": "https://example.com/"},
            ],
        }
    ],
}
