"""What is said where Facebook does not take something as it is (contract, section 6: 100/2018008, 100/1893043)."""

import unicodedata
from collections.abc import Mapping

FILES = ("image", "video", "audio", "file")
UNFETCHED = (2018008, 2018047, 2018294)
"""Subcodes of 100: the address could not be fetched, is of another type, or took too long."""
_PLAIN = " .,:-/'()"


def without_media(message: Mapping[str, object]) -> Mapping[str, object] | None:
    """The same message without what Facebook could not fetch: a file as its address, a card without its picture.

    Args:
        message: The `message` object.

    Returns:
        The other message, None where nothing in it is fetched.
    """
    attachment = message.get("attachment")
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    if not isinstance(attachment, Mapping) or not isinstance(payload, Mapping):
        return None
    rest = {key: value for key, value in message.items() if key != "attachment"}
    url = payload.get("url")
    if attachment.get("type") in FILES:
        return {"text": url, **rest} if isinstance(url, str) else None
    elements = payload.get("elements")
    if not isinstance(elements, list):
        return None
    if payload.get("template_type") == "image_grid":
        urls = [str(image.get("url", "")) for one in elements for image in _images(one)]
        return {"text": "\n".join(filter(None, urls)), **rest}
    plain = [_without_picture(one) for one in elements]
    if plain == elements:
        return None
    return {"attachment": {**attachment, "payload": {**payload, "elements": plain}}, **rest}


def with_plain_facts(message: Mapping[str, object]) -> Mapping[str, object] | None:
    """The same template with nothing but letters, digits and plain marks in its facts.

    Args:
        message: The `message` object.

    Returns:
        The other message, None where it is no template or has only such facts.
    """
    template = message.get("template")
    components = template.get("components") if isinstance(template, Mapping) else None
    if not isinstance(template, Mapping) or not isinstance(components, list):
        return None
    plain = [_plain(one) for one in components]
    return None if plain == components else {**message, "template": {**template, "components": plain}}


def _plain(component: object) -> object:
    parameters = component.get("parameters") if isinstance(component, Mapping) else None
    if not isinstance(component, Mapping) or not isinstance(parameters, list):
        return component
    return {
        **component,
        "parameters": [
            {**one, "text": _plain_text(str(one["text"]))} if isinstance(one, Mapping) and "text" in one else one
            for one in parameters
        ],
    }


def _plain_text(text: str) -> str:
    spelled = text.replace("₱", "PHP ")
    kept = (one if unicodedata.category(one)[0] in "LMN" or one in _PLAIN else " " for one in spelled)
    return " ".join("".join(kept).split()) or "-"


def _without_picture(element: object) -> object:
    if not isinstance(element, Mapping):
        return element
    return {key: value for key, value in element.items() if key != "image_url"}


def _images(element: object) -> list[Mapping[str, object]]:
    images = element.get("images") if isinstance(element, Mapping) else None
    return [one for one in images if isinstance(one, Mapping)] if isinstance(images, list) else []
