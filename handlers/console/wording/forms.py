"""The forms about replies: what was typed becomes a reply, or a sentence beside each field that cannot be."""

from collections.abc import Mapping

from bot.language.fold import fold_signs
from handlers.console.base.visit import Visit
from handlers.console.wording.trying import canned_problem
from replies.words import LANGUAGES
from repository.wording.canned_edits import MATCH_RULES, CannedBody

MATCH_NAMES: Mapping[str, str] = {
    "word": "has this word or phrase",
    "exact": "is exactly this",
    "starts_with": "starts with this",
    "contains": "has these letters anywhere",
}
_TAGS_MOST = 10
_PRIORITY_MOST = 1000


def canned_body(visit: Visit) -> tuple[CannedBody, dict[str, str]]:
    """A canned reply as it was typed, and what is wrong with it, by field.

    Args:
        visit: With the form.
    """
    problems: dict[str, str] = {}
    keyword = " ".join(visit.field("keyword").split())
    if not fold_signs(keyword):
        problems["keyword"] = "Please write the word or phrase that shoppers use."
    elif len(keyword) > 255:
        problems["keyword"] = "255 characters are the most for a keyword."
    response = visit.field("response")
    if problem := canned_problem(response):
        problems["response"] = f"Line {problem.line}: {problem.reason}"
    category = " ".join(visit.field("category").split())
    if len(category) > 50:
        problems["category"] = "50 characters are the most for a category."
    tags = tuple(dict.fromkeys(tag for part in visit.field("tags").split(",") if (tag := " ".join(part.split()))))
    if len(tags) > _TAGS_MOST or any(len(tag) > 30 for tag in tags):
        problems["tags"] = f"{_TAGS_MOST} tags of 30 characters each are the most."
    priority, typed = 0, visit.field("priority") or "0"
    try:
        priority = int(typed[:9])
    except ValueError:
        problems["priority"] = "Please write a whole number."
    if abs(priority) > _PRIORITY_MOST:
        problems["priority"] = f"Please write a number from {-_PRIORITY_MOST} to {_PRIORITY_MOST}."
    body = CannedBody(
        keyword=keyword,
        language=_one_of(visit.form.get("language", ""), LANGUAGES),
        match_rule=_one_of(visit.form.get("match_rule", ""), ("word", *MATCH_RULES)),
        response=response,
        category=category,
        tags=tags,
        priority=priority,
        is_active="is_active" in visit.form,
    )
    return body, problems


def _one_of(typed: str, known: tuple[str, ...]) -> str:
    return typed if typed in known else known[0]
