"""How Meta words a refusal."""

import msgspec


class GraphFault(msgspec.Struct, frozen=True, kw_only=True):
    """An error as the Graph API answers it.

    Attributes:
        code, subcode: Meta's numbers; a subcode of 0 is left out of the answer.
        message: For developers, without anything that a shopper wrote.
        status: The HTTP status.
    """

    code: int
    subcode: int = 0
    message: str
    type: str = "OAuthException"
    status: int = 400

    def body(self, trace_id: str) -> dict[str, object]:
        """The answer's JSON.

        Args:
            trace_id: The `fbtrace_id` by which Meta finds a request again.
        """
        error: dict[str, object] = {"message": f"(#{self.code}) {self.message}", "type": self.type, "code": self.code}
        if self.subcode:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = trace_id
        return {"error": error}
