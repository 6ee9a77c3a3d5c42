"""Which page and which app the emulated Facebook knows, with their secrets."""

import base64
import hashlib
import hmac

import msgspec

SCOPES = (
    "pages_show_list",
    "pages_manage_metadata",
    "pages_messaging",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_utility_messaging",
    "business_management",
    "public_profile",
)
"""What whoever connects the page has granted, unless a test takes some away."""


class App(msgspec.Struct, frozen=True, kw_only=True):
    """One page and the one app that is connected to it."""

    page_id: str
    page_name: str
    page_token: str
    app_id: str
    app_name: str
    app_secret: str
    verify_token: str
    user_token: str

    @property
    def app_token(self) -> str:
        """The token that the app itself calls with."""
        return f"{self.app_id}|{self.app_secret}"

    def signed_request(self, user_id: str, at: int) -> str:
        """What Facebook posts when somebody removes the app or wants their data deleted ("Data Deletion" page).

        Args:
            user_id: Their app-scoped id, not a PSID.
            at: When, in seconds.
        """
        asked = {"user_id": user_id, "algorithm": "HMAC-SHA256", "issued_at": at}
        payload = _base64url(msgspec.json.encode(asked))
        signature = hmac.new(self.app_secret.encode(), payload.encode(), hashlib.sha256).digest()
        return f"{_base64url(signature)}.{payload}"

    def proof(self, token: str) -> str:
        """The `appsecret_proof` that belongs to a token (Meta's "Secure Graph API calls" page)."""
        return hmac.new(self.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
