"""What Graph answers: a JSON body with a status, or a refusal with its code, subcode and text."""

from itertools import count

import msgspec

Json = dict[str, object]

_encode = msgspec.json.Encoder().encode
_traces = count(1)

#: What a request's answer says about how much of the hourly allowance is used (Meta's "Rate Limits" page).
USAGE_APP = "X-App-Usage"
USAGE_BUSINESS = "X-Business-Use-Case-Usage"


class Answer(msgspec.Struct, frozen=True):
    """One answer, ready for the socket."""

    body: bytes
    status: int = 200
    headers: dict[str, str] | None = None


def answer(body: object, *, headers: dict[str, str] | None = None) -> Answer:
    """A 200 with a JSON body."""
    return Answer(_encode(body), 200, headers)


SUCCESS = answer({"success": True})
RESULT_SUCCESS = answer({"result": "success"})


class Refusal(Exception):
    """Graph says no.

    Args:
        code: Meta's error code.
        message: Meta's text, without the leading `(#code)`.
        subcode: Meta's error_subcode, 0 for none.
        status: The HTTP status.
        kind: Meta's `type`.
        transient: What `is_transient` says; None leaves it out.
        headers: Usage headers, where the refusal is about rate.
    """

    def __init__(
        self,
        code: int,
        message: str,
        *,
        subcode: int = 0,
        status: int = 400,
        kind: str = "OAuthException",
        transient: bool | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.subcode = subcode
        self.status = status
        self.kind = kind
        self.transient = transient
        self.headers = headers

    def __str__(self) -> str:
        return f"(#{self.code}{f'/{self.subcode}' if self.subcode else ''}) {self.message}"

    def answer(self) -> Answer:
        """The refusal as Graph writes it."""
        error: Json = {"message": f"(#{self.code}) {self.message}", "type": self.kind, "code": self.code}
        if self.subcode:
            error["error_subcode"] = self.subcode
        if self.transient is not None:
            error["is_transient"] = self.transient
        error["fbtrace_id"] = f"Emulator{next(_traces):08d}"
        return Answer(_encode({"error": error}), self.status, self.headers)


def usage_headers(business_id: str, percent: int, *, minutes: int = 0) -> dict[str, str]:
    """The two usage headers.

    Args:
        business_id: The key of the business use case, here the page's id.
        percent: How much of the allowance is used, 0 to 100 and past.
        minutes: Until calls are taken again, 0 while they are.
    """
    app = {"call_count": percent, "total_time": percent, "total_cputime": percent}
    page: Json = {"type": "messenger", **app, "estimated_time_to_regain_access": minutes}
    return {USAGE_APP: _encode(app).decode(), USAGE_BUSINESS: _encode({business_id: [page]}).decode()}
