"""Checks of templates against what Meta's reference says of each. Contract, section 3.3."""

import re
from collections.abc import Callable

from bot.messenger import limits
from bot.messenger.field_checks import (
    Faults,
    as_list,
    as_object,
    check_amount,
    check_buttons,
    check_count,
    check_keys,
    check_text,
    check_url,
    check_web_url,
    refused,
)

_LONG = 10_000
_KEYS = {
    name: frozenset(("template_type", "sharable", *keys.split()))
    for name, keys in {
        "generic": "elements image_aspect_ratio",
        "button": "text buttons",
        "media": "elements",
        "receipt": "recipient_name merchant_name order_number currency payment_method order_url timestamp address "
        "summary adjustments elements",
        "image_grid": "elements",
        "one_time_notif_req": "title payload",
    }.items()
}
"""What each template may hold; the forms and the coupon are not settled, and take anything."""
_ELEMENT = frozenset({"title", "subtitle", "image_url", "default_action", "buttons", "item_url"})


def check_template(payload: dict[str, object], name: str) -> Faults:
    """The payload of a template attachment."""
    kind = payload.get("template_type")
    check = _TEMPLATES.get(kind) if isinstance(kind, str) else None
    if check is None:
        yield refused(f"Param {name}[template_type] is not a supported template")
        return
    if kind in _KEYS:
        yield from check_keys(payload, name, _KEYS[str(kind)])
    yield from check(payload, name)


def _generic(payload: dict[str, object], name: str) -> Faults:
    yield from check_count(payload.get("elements"), f"{name}[elements]", 1, limits.ELEMENTS)
    for index, one in enumerate(as_list(payload.get("elements"))):
        element, here = as_object(one), f"{name}[elements][{index}]"
        yield from check_keys(element, here, _ELEMENT)
        yield from check_text(element.get("title"), f"{here}[title]", limits.ELEMENT_TITLE)
        yield from check_text(element.get("subtitle"), f"{here}[subtitle]", limits.ELEMENT_SUBTITLE, required=False)
        if not any(element.get(key) for key in ("subtitle", "image_url", "default_action", "buttons")):
            yield refused(f"Param {here} must have at least one property besides title")
        if "image_url" in element:
            yield from check_url(element["image_url"], f"{here}[image_url]")
        if "default_action" in element:
            yield from _default_action(element["default_action"], f"{here}[default_action]")
        if "buttons" in element:
            yield from check_buttons(element["buttons"], f"{here}[buttons]")


def _default_action(value: object, name: str) -> Faults:
    action = as_object(value)
    if action.get("type") != "web_url" or "title" in action:
        yield refused(f"Param {name} must be a web_url button without title")
    else:
        yield from check_web_url(action, name)


def _button(payload: dict[str, object], name: str) -> Faults:
    yield from check_text(payload.get("text"), f"{name}[text]", limits.BUTTON_TEXT)
    yield from check_buttons(payload.get("buttons"), f"{name}[buttons]")


def _media(payload: dict[str, object], name: str) -> Faults:
    yield from check_count(payload.get("elements"), f"{name}[elements]", 1, 1)
    for one in as_list(payload.get("elements")):
        element, here = as_object(one), f"{name}[elements][0]"
        if element.get("media_type") not in ("image", "video"):
            yield refused(f"Param {here}[media_type] must be image or video")
        if ("attachment_id" in element) == ("url" in element):
            yield refused(f"Param {here} must have either attachment_id or url")
        elif "url" in element:
            yield from check_url(element["url"], f"{here}[url]")
            if not re.match(r"https://(?:[\w-]+\.)*facebook\.com/", str(element["url"])):
                yield refused(f"Param {here}[url] must be a Facebook URL")
        if "buttons" in element:
            yield from check_buttons(element["buttons"], f"{here}[buttons]")


def _receipt(payload: dict[str, object], name: str) -> Faults:
    for field in ("recipient_name", "order_number", "payment_method"):
        yield from check_text(payload.get(field), f"{name}[{field}]", _LONG)
    if not re.fullmatch(r"[A-Z]{3}", str(payload.get("currency", ""))):
        yield refused(f"Param {name}[currency] must be an ISO 4217 currency code")
    summary = as_object(payload.get("summary"))
    yield from check_amount(summary.get("total_cost"), f"{name}[summary][total_cost]")
    for field in ("subtotal", "shipping_cost", "total_tax"):
        yield from check_amount(summary.get(field), f"{name}[summary][{field}]", required=False)
    if "timestamp" in payload and not re.fullmatch(r"\d{1,11}", str(payload["timestamp"])):
        yield refused(f"Param {name}[timestamp] must be in seconds")
    if "order_url" in payload:
        yield from check_url(payload["order_url"], f"{name}[order_url]")
    if "address" in payload:
        address = as_object(payload["address"])
        for field in ("street_1", "city", "postal_code", "state", "country"):
            yield from check_text(address.get(field), f"{name}[address][{field}]", _LONG)
    if "adjustments" in payload:
        yield from check_count(payload["adjustments"], f"{name}[adjustments]", 0, _LONG)
        for index, one in enumerate(as_list(payload["adjustments"])):
            adjustment, here = as_object(one), f"{name}[adjustments][{index}]"
            yield from check_text(adjustment.get("name"), f"{here}[name]", _LONG)
            yield from check_amount(adjustment.get("amount"), f"{here}[amount]", signed=True)
    if "elements" in payload:
        yield from check_count(payload["elements"], f"{name}[elements]", 0, limits.RECEIPT_LINES)
        for index, one in enumerate(as_list(payload["elements"])):
            line, here = as_object(one), f"{name}[elements][{index}]"
            yield from check_text(line.get("title"), f"{here}[title]", _LONG)
            yield from check_amount(line.get("price"), f"{here}[price]")
            if "image_url" in line:
                yield from check_url(line["image_url"], f"{here}[image_url]")


def _product(payload: dict[str, object], name: str) -> Faults:
    yield from check_count(payload.get("elements"), f"{name}[elements]", 1, limits.ELEMENTS)
    for index, one in enumerate(as_list(payload.get("elements"))):
        yield from check_text(as_object(one).get("id"), f"{name}[elements][{index}][id]", _LONG)


def _coupon(payload: dict[str, object], name: str) -> Faults:
    for field in ("title", "coupon_code"):
        yield from check_text(payload.get(field), f"{name}[{field}]", _LONG)


def _customer_information(payload: dict[str, object], name: str) -> Faults:
    countries = as_list(payload.get("countries"))
    if not countries or not all(isinstance(country, str) and country for country in countries):
        yield refused(f"Param {name}[countries] must be an array of country codes")
    yield from check_url(as_object(payload.get("business_privacy")).get("url"), f"{name}[business_privacy][url]")
    days = payload.get("expires_in_days", 1)
    if not isinstance(days, int) or not 1 <= days <= limits.FORM_DAYS:
        yield refused(f"Param {name}[expires_in_days] must be between 1 and {limits.FORM_DAYS}")


def _customer_feedback(payload: dict[str, object], name: str) -> Faults:
    yield from check_text(payload.get("title"), f"{name}[title]", _LONG)
    yield from check_count(payload.get("feedback_screens"), f"{name}[feedback_screens]", 1, 1)
    for screen in as_list(payload.get("feedback_screens")):
        here = f"{name}[feedback_screens][0][questions]"
        questions = as_object(screen).get("questions")
        yield from check_count(questions, here, 1, _LONG)
        for question in as_list(questions):
            yield from check_text(as_object(question).get("id"), f"{here}[id]", _LONG)
            if as_object(question).get("type") not in ("csat", "nps", "ces"):
                yield refused(f"Param {here}[type] must be csat, nps or ces")
    yield from check_url(as_object(payload.get("business_privacy")).get("url"), f"{name}[business_privacy][url]")


def _image_grid(payload: dict[str, object], name: str) -> Faults:
    """One element that holds the pictures ("Image grid" page, 30 June 2026; articles elsewhere print another shape)."""
    yield from check_count(payload.get("elements"), f"{name}[elements]", 1, 1)
    for one in as_list(payload.get("elements")):
        element, here = as_object(one), f"{name}[elements][0]"
        yield from check_keys(element, here, frozenset({"images", "title", "subtitle", "buttons"}))
        yield from check_text(element.get("title"), f"{here}[title]", limits.GRID_TITLE, required=False)
        yield from check_text(element.get("subtitle"), f"{here}[subtitle]", limits.ELEMENT_SUBTITLE, required=False)
        yield from _grid_images(element.get("images"), f"{here}[images]")
        if "buttons" in element:
            yield from check_buttons(element["buttons"], f"{here}[buttons]")
            kinds = {str(as_object(button).get("type")) for button in as_list(element["buttons"])}
            if kinds - {"web_url", "postback"}:
                yield refused(f"Param {here}[buttons] takes web_url and postback buttons only")


def _grid_images(value: object, name: str) -> Faults:
    yield from check_count(value, name, *limits.GRID_IMAGES)
    images = [as_object(one) for one in as_list(value)]
    for index, image in enumerate(images):
        here = f"{name}[{index}]"
        yield from check_keys(image, here, frozenset({"url", "is_hero_image", "action"}))
        yield from check_url(image.get("url"), f"{here}[url]")
        if "action" in image:
            yield from _grid_action(as_object(image["action"]), f"{here}[action]")
    if sum(image.get("is_hero_image") is True for image in images) > 1:
        yield refused(f"Param {name} may have one hero image only")


def _grid_action(action: dict[str, object], name: str) -> Faults:
    if action.get("type") == "postback":
        yield from check_text(action.get("text"), f"{name}[text]", _LONG)
        yield from check_text(action.get("payload"), f"{name}[payload]", limits.PAYLOAD)
    elif action.get("type") != "web_url":
        yield refused(f"Param {name}[type] must be web_url or postback")
    else:
        yield from check_url(action.get("url"), f"{name}[url]")
        if "text" in action:
            yield refused(f"Param {name}[text] goes with a postback only")


def _one_time_notification(payload: dict[str, object], name: str) -> Faults:
    yield from check_text(payload.get("title"), f"{name}[title]", limits.OPTIN_TITLE)
    yield from check_text(payload.get("payload"), f"{name}[payload]", limits.PAYLOAD)


_TEMPLATES: dict[str, Callable[[dict[str, object], str], Faults]] = {
    "generic": _generic,
    "button": _button,
    "media": _media,
    "receipt": _receipt,
    "product": _product,
    "coupon": _coupon,
    "customer_information": _customer_information,
    "customer_feedback": _customer_feedback,
    "image_grid": _image_grid,
    "one_time_notif_req": _one_time_notification,
}
"""By `template_type`; list, airline and open_graph are retired."""
