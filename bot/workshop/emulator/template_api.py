"""Utility templates: written, reviewed, listed, and held against what a send brings.

Source: Meta's "Utility messages" page.
"""

import re

from bot.messenger import utility
from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call, as_object
from bot.workshop.emulator.facebook import Facebook, Review
from bot.workshop.emulator.meta_errors import refusal

_NAME = re.compile(r"[a-z0-9_]{1,512}")


async def add_template(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/message_templates`: reviewed at once, as `facebook.review` says, or later by `decide`."""
    name, language = call.text("name"), call.text("language")
    if not name or not language:
        raise Refusal(100, "The parameters name and language are required")
    if not _NAME.fullmatch(name):
        raise Refusal(100, "Param name may hold small letters, digits and underscores only")
    if call.text("category") != "UTILITY":
        raise Refusal(100, "Param category must be UTILITY")
    if (name, language) in facebook.templates:
        raise Refusal(100, "There is already a template of this name in this language")
    components = call.fields.get("components", [])
    text = body_of(components)
    _check_examples(text, components)
    status, reason = _reviewed(facebook.review, text)
    number = f"{1_500_000_000_000_000 + facebook.number():d}"
    facebook.templates[name, language] = {
        "id": number,
        "name": name,
        "language": language,
        "category": "UTILITY",
        "status": status,
        "rejected_reason": reason,
        "components": components,
    }
    return answer({"id": number, "status": status, "category": "UTILITY"})


async def list_templates(facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/message_templates?name=&status=`."""
    name, status = call.text("name"), call.text("status")
    templates = [
        template
        for template in facebook.templates.values()
        if (not name or template["name"] == name) and (not status or template["status"] == status)
    ]
    return answer({"data": templates})


async def delete_templates(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /<page>/message_templates` with `name`, in all its languages, or with the `hsm_id` of one of them."""
    name, number = call.text("name"), call.text("hsm_id")
    if not name and not number:
        raise Refusal(100, "The parameter name is required")
    gone = [
        key
        for key, template in facebook.templates.items()
        if (not name or template["name"] == name) and (not number or template["id"] == number)
    ]
    if not gone:
        raise Refusal(100, "Message template was not found")
    for key in gone:
        del facebook.templates[key]
    return SUCCESS


def decide(facebook: Facebook, name: str, language: str, status: str, reason: str = "NONE") -> None:
    """Let Meta's reviewers come to a decision, and tell the page's apps.

    Args:
        facebook: Whose template it is.
        name: The template's name.
        language: Its language.
        status: APPROVED, REJECTED, PAUSED...
        reason: Why, in Meta's word; NONE where it is approved.
    """
    facebook.templates[name, language] |= {"status": status, "rejected_reason": reason}
    value: Json = {
        "event": status,
        "message_template_id": facebook.templates[name, language]["id"],
        "message_template_name": name,
        "message_template_language": language,
        "reason": reason,
    }
    facebook.courier.send("", "template", {"field": "message_template_status_update", "value": value}, "changes")


def check_template(facebook: Facebook, template: Json) -> None:
    """Refuse a send of a template that is not approved, or with other facts than it has, or with marks in them."""
    language = as_object(template.get("language")).get("code")
    approved = facebook.templates.get((str(template.get("name")), str(language)))
    if approved is None or approved["status"] != "APPROVED":
        raise Refusal(100, "Template does not exist in the language or is not approved")
    wanted = set(utility.facts_in(body_of(approved["components"])))
    given = _given(template)
    if wanted and given.keys() != wanted:
        raise Refusal(100, f"Template parameters do not match: {', '.join(sorted(wanted))} expected")
    for text in given.values():
        if not text:
            raise Refusal(100, "Template parameter text must not be empty")
        if utility.clean(text) != text:
            raise refusal(100, 1893043)


def shown(facebook: Facebook, template: Json) -> str:
    """What a shopper reads of a template that `check_template` has let pass."""
    language = as_object(template.get("language")).get("code")
    words = body_of(facebook.templates[str(template.get("name")), str(language)]["components"])
    return utility.filled(words, _given(template))


def _given(template: Json) -> dict[str, str]:
    """The facts that a send brings, by name."""
    bodies = [one for one in _objects(template.get("components")) if one.get("type") == "body"]
    parameters = [one for body in bodies for one in _objects(body.get("parameters"))]
    return {str(one.get("parameter_name")): str(one.get("text") or "") for one in parameters}


def body_of(components: object) -> str:
    """The text of a template's body."""
    return next((str(one.get("text")) for one in _objects(components) if one.get("type") == "BODY"), "")


def _reviewed(review: Review, text: str) -> tuple[str, str]:
    """What becomes of a template, and why it is refused; Meta refuses some whatever anybody has switched."""
    if utility.problem(text, utility.facts_in(text)):
        return "REJECTED", "INCORRECT_PARAMS"
    if review == "reject":
        return "REJECTED", "TAG_SHOULD_BE_MARKETING"
    return ("APPROVED", "NONE") if review == "approve" else ("PENDING", "NONE")


def _check_examples(text: str, components: object) -> None:
    """Named facts come each with an example."""
    body = next((one for one in _objects(components) if one.get("type") == "BODY"), {})
    named = _objects(as_object(body.get("example")).get("body_text_named_params"))
    shown = {str(one.get("param_name")) for one in named if one.get("example")}
    if missing := set(utility.facts_in(text)) - shown:
        raise Refusal(100, f"Component of type BODY is missing examples of {', '.join(sorted(missing))}")


def _objects(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
