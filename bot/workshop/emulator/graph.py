"""Which part of the emulated Graph answers a request: the token is checked, then method and path decide."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.messenger import limits
from bot.workshop.emulator import (
    conversations_api,
    ended,
    labels_api,
    linking_api,
    login_api,
    page_api,
    people_api,
    profile_api,
    rest_api,
    sending,
    template_api,
    wall,
)
from bot.workshop.emulator.answers import Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call, as_object, batched, read_call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.pages import page_for

Endpoint = Callable[[Facebook, Call], Awaitable[Answer]]

#: What can be done with the page, by method and edge.
PAGE: dict[tuple[str, str], Endpoint] = {
    ("GET", ""): page_api.get_page,
    ("POST", "messages"): sending.send,
    ("POST", "message_attachments"): page_api.keep_attachment,
    ("GET", "messenger_profile"): profile_api.get_profile,
    ("POST", "messenger_profile"): profile_api.set_profile,
    ("DELETE", "messenger_profile"): profile_api.delete_profile,
    ("GET", "custom_user_settings"): profile_api.get_own_menu,
    ("POST", "custom_user_settings"): profile_api.set_own_menu,
    ("DELETE", "custom_user_settings"): profile_api.delete_own_menu,
    ("GET", "subscribed_apps"): page_api.list_subscribed,
    ("POST", "subscribed_apps"): page_api.subscribe,
    ("DELETE", "subscribed_apps"): page_api.unsubscribe,
    ("GET", "personas"): page_api.list_personas,
    ("POST", "personas"): page_api.add_persona,
    ("GET", "message_templates"): template_api.list_templates,
    ("POST", "message_templates"): template_api.add_template,
    ("DELETE", "message_templates"): template_api.delete_templates,
    ("GET", "message_template_library"): rest_api.list_library,
    ("POST", "feed"): wall.post,
    ("POST", "photos"): wall.post_photo,
    ("GET", "conversations"): conversations_api.list_conversations,
    ("GET", "custom_labels"): labels_api.list_labels,
    ("POST", "custom_labels"): labels_api.add_label,
    ("GET", "insights"): rest_api.get_insights,
    ("GET", "secondary_receivers"): rest_api.list_receivers,
    ("GET", "messaging_feature_review"): rest_api.list_features,
    ("POST", "nlp_configs"): rest_api.set_nlp,
    ("POST", "unlink_accounts"): linking_api.unlink,
    ("POST", "pass_thread_control"): people_api.pass_control,
    ("POST", "take_thread_control"): people_api.take_control,
    ("POST", "release_thread_control"): people_api.release_control,
    ("POST", "request_thread_control"): people_api.request_control,
    ("POST", "extend_thread_control"): people_api.extend_control,
    ("GET", "thread_owner"): people_api.get_owner,
    ("GET", "accounts"): login_api.list_accounts,
}
#: What can be asked with the token of the person who manages the page.
USER: dict[tuple[str, str], Endpoint] = {
    ("GET", ""): login_api.get_user,
    ("GET", "permissions"): login_api.list_permissions,
}
#: What can be done with the app.
APP: dict[tuple[str, str], Endpoint] = {
    ("GET", ""): login_api.get_app,
    ("GET", "subscriptions"): login_api.list_subscriptions,
    ("POST", "subscriptions"): login_api.add_subscription,
    ("DELETE", "subscriptions"): login_api.delete_subscriptions,
}
#: What can be done with a label.
LABEL: dict[tuple[str, str], Endpoint] = {
    ("GET", ""): labels_api.get_label,
    ("DELETE", ""): labels_api.delete_label,
    ("POST", "label"): labels_api.stick,
    ("DELETE", "label"): labels_api.take_off,
}
#: What can be read of a person.
PERSON: dict[str, Endpoint] = {
    "": people_api.get_person,
    "custom_labels": labels_api.labels_of,
    "ids_for_apps": people_api.ids_for_apps,
    "ids_for_pages": people_api.ids_for_pages,
}
#: What belongs to no page.
ROOT: dict[str, Endpoint] = {
    "debug_token": login_api.debug_token,
    "message_template_library": rest_api.list_library,
    "sticker_packs": rest_api.list_sticker_packs,
    "sticker_search": rest_api.search_stickers,
}


def handler(facebook: Facebook) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A web handler that answers every path as Graph would."""

    async def graph(request: web.Request) -> web.StreamResponse:
        version = f"v{ended.NEWEST}.0"
        try:
            call = await read_call(request)
            version = call.version or version
            answer = await answer_to(facebook, call)
        except Refusal as refused:
            if not refused.code:
                return web.Response(status=refused.status, text=_SORRY, content_type="text/html")
            answer = refused.answer()
        except sending.Lost:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        return web.Response(
            body=answer.body,
            status=answer.status,
            headers={
                **(answer.headers or facebook.answer_headers),
                "facebook-api-version": version or f"v{ended.NEWEST}.0",
            },
            content_type="application/json",
            charset="UTF-8",
        )

    return graph


_SORRY = "<html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>"


async def answer_to(facebook: Facebook, call: Call) -> Answer:
    """What Graph answers to a call.

    Raises:
        Refusal: As Graph refuses it.
        Lost: The caller is to see its connection die.
    """
    ended.check(call)
    facebook = page_for(facebook, call.token, call.path[0] if call.path else "")
    if call.path == ("oauth", "access_token"):
        return await login_api.exchange_token(facebook, call)
    check_token(facebook, call)
    if not call.path:
        return await _batch(facebook, call)
    endpoint = _find(facebook, call)
    if endpoint is None:
        raise unknown_path(call)
    return await endpoint(facebook, call)


def _find(facebook: Facebook, call: Call) -> Endpoint | None:
    node, edge = call.path[0], "/".join(call.path[1:])
    if node == "me" and call.token == facebook.app.user_token and (call.method, edge) in USER:
        return USER[call.method, edge]
    if node in ("me", facebook.app.page_id):
        return PAGE.get((call.method, "insights" if edge.startswith("insights/") else edge))
    if node == facebook.app.app_id:
        return APP.get((call.method, edge))
    if node in facebook.labels:
        return LABEL.get((call.method, edge))
    if node in facebook.wall.comments:
        return {("POST", "comments"): wall.reply, ("DELETE", ""): wall.remove}.get((call.method, edge))
    if call.method == "GET":
        return _reading(facebook, node, edge)
    return page_api.delete_persona if call.method == "DELETE" and not edge and node in facebook.personas else None


def _reading(facebook: Facebook, node: str, edge: str) -> Endpoint | None:
    """What answers a GET of something that is neither the page nor its app."""
    if node == "sticker_packs" and edge.endswith("/stickers"):
        return rest_api.list_stickers
    if conversations_api.is_conversation(facebook, node):
        return {"": conversations_api.get_conversation, "messages": conversations_api.list_messages}.get(edge)
    if node in facebook.people:
        return PERSON.get(edge)
    if edge:
        return None
    if node in facebook.wall.posts:
        return wall.get_post
    if node in facebook.personas:
        return page_api.get_persona
    return conversations_api.get_message if conversations_api.find(facebook, node) else ROOT.get(node)


def check_token(facebook: Facebook, call: Call) -> None:
    """Refuse a call without a token that is known, or with a proof that does not belong to it."""
    app = facebook.app
    if not call.token:
        raise Refusal(104, "An access token is required to request this resource.", status=401)
    if call.token not in (app.page_token, app.user_token, app.app_token):
        app_id, bar, _ = call.token.partition("|")
        if bar and app_id.isdecimal():
            raise wrong_app_token(app_id == app.app_id)
        raise refusal(190, text="Invalid OAuth access token - Cannot parse access token")
    if facebook.dead_token is not None and call.token == app.page_token:
        raise refusal(190, facebook.dead_token)
    if facebook.dead_person is not None and call.token == app.user_token:
        raise refusal(190, facebook.dead_person)
    proof = call.text("appsecret_proof")
    if not proof:
        if facebook.requires_proof:
            raise Refusal(100, "API calls from the server require an appsecret_proof argument", kind=_METHOD)
    elif not hmac.compare_digest(proof.encode(), app.proof(call.token).encode()):
        raise Refusal(100, "Invalid appsecret_proof provided in the API argument", kind=_METHOD)


_METHOD = "GraphMethodException"


def wrong_app_token(is_our_app: bool) -> Refusal:
    """How Graph refuses an app's own token: the app is another, or its secret is."""
    if is_our_app:
        return refusal(190, text="Invalid OAuth access token signature.")
    return Refusal(101, "Error validating application. Invalid application ID.")


def unknown_path(call: Call) -> Refusal:
    """How Graph answers a path that it does not have."""
    if len(call.path) == 1:
        text = (
            f"Unsupported {call.method.lower()} request. Object with ID '{call.path[0]}' does not exist, cannot be "
            "loaded due to missing permissions, or does not support this operation"
        )
        return Refusal(100, text, subcode=33, kind=_METHOD)
    return Refusal(2500, f"Unknown path components: /{'/'.join(call.path[1:])}")


async def _batch(facebook: Facebook, call: Call) -> Answer:
    """`POST /` with `batch`: each request answered by itself (Meta's "Batch Requests" page)."""
    requests = call.fields.get("batch")
    if call.method != "POST" or not isinstance(requests, list):
        raise Refusal(2500, "Unknown path components: /")
    if len(requests) > limits.BATCH:
        raise Refusal(1, f"Too many requests in batch message. Maximum batch size is {limits.BATCH}")
    answers = [await _one(facebook, as_object(each), call.token) for each in requests]
    return answer(answers)


async def _one(facebook: Facebook, each: Json, token: str) -> Json | None:
    try:
        sub = batched(
            str(each.get("method", "GET")), str(each.get("relative_url", "")), str(each.get("body", "")), token
        )
        answer = await answer_to(facebook, sub) if sub.path else Refusal(2500, "Unknown path components: /").answer()
    except Refusal as refused:
        answer = refused.answer()
    except sending.Lost:
        return None
    headers = [{"name": "Content-Type", "value": "application/json; charset=UTF-8"}]
    return {"code": answer.status, "headers": headers, "body": answer.body.decode()}
