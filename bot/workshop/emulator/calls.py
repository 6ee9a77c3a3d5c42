"""A request to Graph, whatever form it came in: JSON, form fields that hold JSON, or multipart with a file."""

import re
from urllib.parse import parse_qsl, urlsplit

import msgspec
from aiohttp import BodyPartReader, web

from bot.workshop.emulator.answers import Json, Refusal
from bot.workshop.emulator.forms import fields_of, unfolded, without_nulls

#: The largest file that Messenger takes, in bytes (Meta's "Send API" page: 25 MB).
LARGEST_FILE = 25 * 1024 * 1024
_VERSION = re.compile(r"v\d{1,3}\.\d{1,2}")
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file that came with a request."""

    name: str
    content_type: str
    content: bytes


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request to Graph."""

    method: str
    version: str
    path: tuple[str, ...]
    fields: Json
    token: str = ""
    raw: bytes = b""
    upload: Upload | None = None

    def text(self, name: str) -> str:
        """A field as text; empty where it is missing. Ids may be written as numbers."""
        value = self.fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return value if isinstance(value, str) else ""

    def object(self, name: str) -> Json:
        """A field as a JSON object; empty where it is missing or something else."""
        return as_object(self.fields.get(name))

    def words(self, name: str) -> list[str]:
        """A field that lists names, as a JSON list or with commas between."""
        value = self.fields.get(name)
        if isinstance(value, list):
            return [str(entry) for entry in value]
        return [entry.strip() for entry in value.split(",") if entry.strip()] if isinstance(value, str) else []


def as_object(value: object) -> Json:
    """The value itself where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


async def read_call(request: web.Request) -> Call:
    """A request from the socket.

    Raises:
        Refusal: The body is not what its content type says.
    """
    fields: Json = {}
    raw = b""
    upload = None
    if request.can_read_body:
        kind = request.content_type
        if kind == "multipart/form-data":
            fields, upload = await _multipart(request)
        else:
            raw = await request.read()
            fields = _json(raw) if kind == "application/json" or _looks_like_json(raw) else _form(raw)
            if not _looks_like_json(raw) or "access_token" in fields:
                raw = b""
            elif b"null" in raw or any(isinstance(value, str) and value[:1] in "{[" for value in fields.values()):
                fields, raw = as_object(without_nulls(unfolded(fields))), b""
    query = fields_of(request.query.items()) if request.query_string else {}
    return _call(request.method, request.path, {**query, **fields}, _bearer(request), raw, upload)


def _looks_like_json(raw: bytes) -> bool:
    """Whether a body is JSON whatever its content type says; many clients name none, or a wrong one."""
    return raw.lstrip()[:1] in (b"{", b"[")


def batched(method: str, relative_url: str, body: str, token: str) -> Call:
    """A request from inside a batch (Meta's "Batch Requests" page).

    Args:
        method: Its HTTP method.
        relative_url: The path, with or without a version, and the query.
        body: Form fields, or JSON.
        token: The batch's own token, used where the request brings none.
    """
    parts = urlsplit(relative_url)
    raw = body.encode()
    fields = as_object(without_nulls(_json(raw))) if _looks_like_json(raw) else _form(raw)
    fields.update(fields_of(parse_qsl(parts.query)))
    return _call(method.upper(), "/" + parts.path.lstrip("/"), fields, token, b"", None)


def body_for(call: Call) -> bytes:
    """The JSON that stands for what was asked to be sent, without tokens."""
    if call.raw:
        return call.raw
    return _encode(
        {name: value for name, value in call.fields.items() if name not in ("access_token", "appsecret_proof")}
    )


def _call(method: str, path: str, fields: Json, token: str, raw: bytes, upload: Upload | None) -> Call:
    parts = tuple(part for part in path.split("/") if part)
    version = ""
    if parts and _VERSION.fullmatch(parts[0]):
        version, parts = parts[0], parts[1:]
    given = fields.get("access_token")
    if isinstance(given, str) and given:
        token = given
    return Call(method=method, version=version, path=parts, fields=fields, token=token, raw=raw, upload=upload)


def _bearer(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() in ("bearer", "oauth") else ""


def _json(raw: bytes) -> Json:
    if not raw.strip():
        return {}
    try:
        body = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(100, "Invalid JSON for postcard", kind="GraphMethodException") from None
    if not isinstance(body, dict):
        raise Refusal(100, "The body must be a JSON object", kind="GraphMethodException")
    return body


def _form(raw: bytes) -> Json:
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=200)
    except ValueError:
        raise Refusal(100, "The form cannot be read") from None
    return fields_of(pairs)


async def _multipart(request: web.Request) -> tuple[Json, Upload | None]:
    pairs: list[tuple[str, str]] = []
    upload = None
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name:
                continue
            content = bytes(await part.read(decode=False))
            if part.filename:
                content_type = part.headers.get("Content-Type", "application/octet-stream")
                upload = Upload(name=part.filename, content_type=content_type, content=content)
            else:
                pairs.append((part.name, content.decode(errors="replace")))
    except ValueError:
        raise Refusal(100, "The multipart body cannot be read") from None
    if upload and len(upload.content) > LARGEST_FILE:
        raise Refusal(100, "Attachment size exceeds allowable limit", subcode=2018109)
    return fields_of(pairs), upload
