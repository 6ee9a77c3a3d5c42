"""Which page and which app the emulated Facebook knows, with their secrets."""

import hashlib
import hmac

import msgspec


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

    def proof(self, token: str) -> str:
        """The `appsecret_proof` that belongs to a token (Meta's "Secure Graph API calls" page)."""
        return hmac.new(self.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
