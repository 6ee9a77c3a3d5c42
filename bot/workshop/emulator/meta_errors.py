"""The errors that Messenger's Send API documents, with the texts it gives them (Meta's "Error Codes" page)."""

from bot.workshop.emulator.answers import Refusal, usage_headers

_TEXTS: dict[tuple[int, int], str] = {
    (1, 0): "An unknown error occurred",
    (1, 99): "An unknown error occurred",
    (1, 1357046): "Received Invalid JSON reply.",
    (2, 0): "Service temporarily unavailable",
    (4, 0): "Application request limit reached",
    (4, 2018354): "This message was not sent because the frequency limit was reached.",
    (9, 2018352): "The message was not sent because the person's marketing message limit was reached.",
    (10, 0): "Application does not have permission for this action",
    (10, 1404170): "This Page is not allowed to send opt-in requests.",
    (10, 1893015): "This person stopped receiving messages on this topic.",
    (10, 1893063): "This Page is temporarily restricted from sending messages.",
    (10, 2018065): "This message is sent outside of allowed window.",
    (10, 2018108): "This Person Cannot Receive Messages: This person isn't receiving messages from you right now.",
    (10, 2018278): "This message is sent outside of allowed window. Learn more about the new policy here: "
    "https://developers.facebook.com/docs/messenger-platform/policy-overview",
    (10, 2018300): "The app does not control this thread.",
    (10, 2018336): "This feature is not available in the person's region.",
    (10, 2534022): "This message is sent outside of allowed window.",
    (17, 0): "User request limit reached",
    (32, 0): "Page request limit reached",
    (100, 0): "Invalid parameter",
    (100, 33): "Unsupported get request. Object does not exist, cannot be loaded due to missing permissions, or does "
    "not support this operation",
    (100, 1893043): "Message template parameters cannot contain these characters.",
    (100, 2018001): "No matching user found",
    (100, 2018008): "Failed to fetch the file from the url",
    (100, 2018014): "The request cannot hold both a message and a sender action.",
    (100, 2018047): "Upload attachment failure.",
    (100, 2018074): "The attachment id is invalid or you do not own this attachment.",
    (100, 2018109): "Attachment size exceeds allowable limit",
    (100, 2018164): "Invalid app id.",
    (100, 2018294): "The video upload timed out or the video is corrupted.",
    (100, 2018320): "The product id is invalid.",
    (100, 2018328): "Product templates are not supported in this version.",
    (100, 2534025): "This comment cannot be replied to privately: it was replied to before, is too old or is gone.",
    (100, 2534037): "The app is not the owner of the thread.",
    (190, 0): "Invalid OAuth access token.",
    (190, 458): "Error validating access token: The user has not authorized application.",
    (190, 459): "Error validating access token: The user is in a checkpoint.",
    (190, 460): "Error validating access token: The session has been invalidated because the user changed their "
    "password or Facebook has changed the session for security reasons.",
    (190, 463): "Error validating access token: Session has expired.",
    (190, 464): "Error validating access token: The user is unconfirmed.",
    (190, 467): "Error validating access token: The session is invalid.",
    (200, 0): "Permissions error",
    (200, 1545041): "This person isn't available right now.",
    (200, 2018027): "The app does not have the permission to message people who hold no role on it.",
    (200, 2018028): "Cannot message users who are not admins, developers or testers of the app until "
    "pages_messaging permission is reviewed and the app is live.",
    (230, 0): "Permissions disallow message to user",
    (368, 0): "The action attempted has been deemed abusive or is otherwise disallowed",
    (551, 0): "This person isn't available right now.",
    (551, 1545041): "This person isn't available right now.",
    (613, 0): "Calls to this api have exceeded the rate limit.",
    (613, 1893016): "The opt-in request was sent too often.",
    (613, 2018338): "This message may be bothersome to the person.",
    (613, 2534040): "Calls to this api have exceeded the rate limit of the business use case.",
    (1200, 0): "Temporary send message failure. Please try again later.",
    (2022, 0): "Commerce messages of this Page are disabled.",
    (2635, 0): "You are calling a deprecated version of the Ads API. Please update to the latest version.",
    (10303, 0): "Invalid account_linking_token",
    (80001, 0): "There have been too many calls to this Page account. Wait a bit and try again.",
    (80006, 0): "There have been too many calls to this Messenger account. Wait a bit and try again.",
    (2018218, 0): "The profile of a person who uses a phone number is not available.",
    (2018247, 0): "Insufficient permission to access user profile.",
    (2018300, 0): "The app does not control this thread.",
    (2018321, 0): "The thread is in an automated flow of Messenger.",
    (9000001, 0): "The message was deleted.",
}
_RATE = frozenset((4, 17, 32, 613, 80001, 80006))
_SERVER = {1: 500, 2: 503, 1200: 500}
_DENIED = frozenset((10, 200, 230, 551))


def documented() -> frozenset[tuple[int, int]]:
    """Every pair of code and subcode that has a text here."""
    return frozenset(_TEXTS)


def refusal(code: int, subcode: int = 0, *, text: str = "", page_id: str = "", minutes: int = 1) -> Refusal:
    """A refusal as Meta words it.

    Args:
        code: Meta's error code.
        subcode: Meta's subcode, 0 for none.
        text: Another text than the documented one.
        page_id: Whose usage a rate limit is about.
        minutes: When a rate limit says that calls are taken again.
    """
    message = text or _TEXTS.get((code, subcode)) or _TEXTS.get((code, 0)) or "An unknown error occurred"
    status = _SERVER.get(code, 403 if code in _DENIED else 401 if code == 190 else 400)
    limited = code in _RATE and subcode in (0, 2534040)
    return Refusal(
        code,
        message,
        subcode=subcode,
        status=status,
        transient=True if code in _SERVER or limited else None,
        headers=usage_headers(page_id, 100, minutes=minutes) if limited else None,
    )
