"""Messages of each kind, as small as Messenger takes them, to be made larger or wrong."""

Message = dict[str, object]


URL = "https://shop.example.com/"


POSTBACK = {"type": "postback", "title": "Add", "payload": "add:7"}


def text(value: object = "hi", **more: object) -> Message:
    return {"text": value, **more}


def attached(kind: str, **payload: object) -> Message:
    return {"attachment": {"type": kind, "payload": payload}}


def template(kind: str, **payload: object) -> Message:
    return attached("template", template_type=kind, **payload)


def card(**element: object) -> Message:
    return template("generic", elements=[{"title": "Mug", "subtitle": "Blue", **element}])


def button(**fields: object) -> Message:
    return template("button", text="Pick", buttons=[{**POSTBACK, **fields}])


def link(**fields: object) -> Message:
    return template("button", text="Pick", buttons=[{"type": "web_url", "title": "Open", "url": URL, **fields}])


def quick(**fields: object) -> Message:
    return text(quick_replies=[{"content_type": "text", "title": "Menu", "payload": "menu", **fields}])


def receipt(**fields: object) -> Message:
    least = {
        "recipient_name": "Ana",
        "order_number": "ORD-1",
        "currency": "PHP",
        "payment_method": "COD",
        "summary": {"total_cost": 120},
    }
    return template("receipt", **{**least, **fields})


def lines(count: int) -> list[dict[str, object]]:
    return [{"title": "Mug", "price": 120.5}] * count


def send(message: object, **more: object) -> dict[str, object]:
    return {"recipient": {"id": "7"}, "messaging_type": "RESPONSE", "message": message, **more}
