"""What a file of replies would do, without doing it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from bot.language.fold import unaccented
from handlers.console.wording.blocks import blocks, own_source
from handlers.console.wording.canned import CANNED, body_problems
from handlers.console.wording.sheet.reading import FIELDS, Line, Read
from handlers.console.wording.sheet.vocabulary import CANNED_KIND, KINDS, OWN, WORDS_OF
from handlers.console.wording.trying import own_problem
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.importing.planning import Difference
from repository.sheets.goods import Remark
from repository.wording import attached, canned_edits, wording_edits
from repository.wording.canned_rows import CannedBody, OpenedCanned, in_order
from repository.wording.wording_edits import WordsBody

_LETTERS = 120


class Step(msgspec.Struct, frozen=True):
    """Something that would be written.

    Attributes:
        row: Of which row.
        kind: "reply" or "own words".
        called: What it is called: a keyword, or what the bot says.
        language: "en" or "fil".
        subject_id: Which; 0 where it is new.
        version: The number of its last save.
        body: What it would be.
        was: What it is; None where it is new.
        differences: What would change.
    """

    row: int
    kind: str
    called: str
    language: str
    subject_id: int
    version: int
    body: CannedBody | WordsBody
    was: CannedBody | WordsBody | None
    differences: tuple[Difference, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """What a file would do.

    Attributes:
        steps: What would be written.
        unchanged: Rows that say what is so already.
        errors: Rows that cannot be imported, each with the reason.
        questions: What to look at.
    """

    steps: tuple[Step, ...]
    unchanged: int
    errors: tuple[Remark, ...]
    questions: tuple[Remark, ...]

    @property
    def new(self) -> int:
        """How many there are not yet."""
        return sum(step.was is None for step in self.steps)

    @property
    def changed(self) -> int:
        """How many would change."""
        return len(self.steps) - self.new


class _Wrong(Exception):
    """A row cannot be imported."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class _Known(msgspec.Struct, frozen=True):
    """What there is."""

    canned: Mapping[tuple[str, str], OpenedCanned]
    own: Mapping[tuple[str, str], wording_edits.OwnWording]
    skus: frozenset[str]
    keywords: frozenset[str]
    currency: str


async def plan(conn: Connection, read: Read, *, currency: str) -> Plan:
    """What a file would do; nothing is written.

    Args:
        conn: An open connection.
        read: The file.
        currency: ISO code of the shop's.
    """
    canned = await canned_edits.every(conn)
    own = await wording_edits.every(conn)
    named = {key(line.texts.get("keyword", "")) for line in read.lines}
    known = _Known(
        canned={(key(one.body.keyword), one.body.language): one for one in canned},
        own={(one.name, one.language): one for one in own},
        skus=await attached.skus_there(conn, skus=_skus(read.lines)),
        keywords=frozenset({key(one.body.keyword) for one in canned} | named),
        currency=currency,
    )
    return await asyncio.to_thread(_planned, read, known)


def key(keyword: str) -> str:
    """A keyword as two of them are compared.

    Args:
        keyword: The keyword.
    """
    return unaccented(" ".join(keyword.split()))


def _planned(read: Read, known: _Known) -> Plan:
    steps: list[Step] = []
    errors: list[Remark] = []
    seen: dict[tuple[str, str, str], int] = {}
    unchanged = 0
    for line in read.lines:
        try:
            step = _own(line, known) if _kind(line) == OWN else _canned(line, known)
            same = (step.kind, key(step.called), step.language)
            if same in seen:
                raise _Wrong("keyword", f"row {seen[same]} is “{step.called}” in this language too")
            seen[same] = line.row
        except _Wrong as wrong:
            errors.append(Remark(line.row, line.columns.get(wrong.field, ""), str(wrong)))
            continue
        if step.was == step.body:
            unchanged += 1
        else:
            steps.append(step)
    return Plan(tuple(steps), unchanged, tuple(errors), read.unused)


def _kind(line: Line) -> str:
    return _word(line, "kind", KINDS)


def _word(line: Line, field: str, words: Mapping[str, str]) -> str:
    said = line.texts.get(field, "")
    meant = words.get(" ".join(said.casefold().split()))
    if meant is None:
        shown = ", ".join(dict.fromkeys(word for word in words if word))
        raise _Wrong(field, f"“{said[:40]}” is none of {shown}")
    return meant


def _canned(line: Line, known: _Known) -> Step:
    texts = {field: text for field, text in line.texts.items() if field != "kind"}
    for field, words in WORDS_OF.items():
        if texts.get(field) or field == "language":
            texts[field] = _word(line, field, words)
        else:
            texts.pop(field, None)  # as it is, or as usual
    if "sku" in line.numbers:
        raise _Wrong("sku", f"the SKU {texts['sku']} is a number, which loses zeros: make the column a text")
    was = known.canned.get((key(texts.get("keyword", "")), texts["language"]))
    body = _body(texts, was.body if was else None, known)
    differences = tuple(_differences(was.body, body)) if was else ()
    return Step(
        row=line.row,
        kind=CANNED_KIND,
        called=body.keyword,
        language=body.language,
        subject_id=was.id if was else 0,
        version=was.version if was else 0,
        body=body,
        was=was.body if was else None,
        differences=differences,
    )


def _body(texts: Mapping[str, str], was: CannedBody | None, known: _Known) -> CannedBody:
    """What a row says, on top of what there is, as the console's own form reads it."""
    began = CANNED.form.of(was or CannedBody(keyword="", response=""))
    typed, filled = CANNED.form.read_outside({**{name: one.text for name, one in began.fields.items()}, **texts})
    body = in_order(CannedBody(**{name: getattr(typed, name) for name in CANNED.form.fields}))
    if was is not None:
        same = {name: getattr(was, name) for name in CANNED.form.fields if _is_same(was, body, name)}
        body = msgspec.structs.replace(body, **same)
    if body == was:
        return body  # what is so already is let through, whatever is wrong with it
    for name, shown in filled.fields.items():
        if shown.wrong:
            raise _Wrong(name, _small(shown.wrong))
    for name, why in body_problems(body).items():
        raise _Wrong(name, _small(why))
    if body.sku and body.sku.casefold() not in known.skus:
        raise _Wrong("sku", f"there is no product with the SKU “{body.sku}”")
    for field in ("buttons", "quick_replies"):
        for choice in attached.choices(getattr(body, field)):
            if choice.does == "product" and choice.to.casefold() not in known.skus:
                raise _Wrong(field, f"there is no product with the SKU “{choice.to}”")
            if choice.does == "reply" and key(choice.to) not in known.keywords:
                raise _Wrong(field, f"there is no reply with the keyword “{choice.to}”")
    return body


def _is_same(was: CannedBody, body: CannedBody, name: str) -> bool:
    """Whether a field says what it said, but for white space that no cell and no form keeps."""
    before, after = getattr(was, name), getattr(body, name)
    if isinstance(before, str):
        before, after = _plain(before), _plain(after)
        return bool(before == after if name == "response" else before.split() == after.split())
    return bool(before == after)


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _own(line: Line, known: _Known) -> Step:
    name, language = line.texts.get("keyword", "").strip(), _word(line, "language", WORDS_OF["language"])
    block = blocks().get(name)
    if block is None or language not in LANGUAGES:
        raise _Wrong("keyword", f"the bot says nothing called “{name[:60]}”; export your replies to see the names")
    words, there = _plain(line.texts.get("response", "")), known.own.get((name, language))
    is_known = there is not None and _plain(there.words) == words
    if not is_known and (problem := own_problem(block, words, currency=known.currency)):
        raise _Wrong("response", f"line {problem.line}: {_small(problem.reason)}")
    is_active = bool(_word(line, "is_active", WORDS_OF["is_active"])) if line.texts.get("is_active") else True
    body = WordsBody(name=name, language=language, words=words, is_active=is_active)
    was = there.body if there else None
    if was and is_known:
        body = msgspec.structs.replace(body, words=was.words)
    if was is None and words == own_source(name, language):
        was = body  # our own words, which nobody has changed
    differences = tuple(_of_words(was, body)) if was else ()
    return Step(
        row=line.row,
        kind=OWN,
        called=name,
        language=language,
        subject_id=there.id if there else 0,
        version=there.version if there else 0,
        body=body,
        was=was,
        differences=differences,
    )


def _differences(was: CannedBody, body: CannedBody) -> Iterator[Difference]:
    for field, title in FIELDS.items():
        before, after = getattr(was, field, None), getattr(body, field, None)
        if before != after:
            yield Difference(title, _shown(before), _shown(after))


def _of_words(was: WordsBody, body: WordsBody) -> Iterator[Difference]:
    if was.words != body.words:
        yield Difference(FIELDS["response"], _shown(was.words), _shown(body.words))
    if was.is_active != body.is_active:
        yield Difference(FIELDS["is_active"], _shown(was.is_active), _shown(body.is_active))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    said = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    said = " ".join(said.split())
    return said if len(said) <= _LETTERS else f"{said[: _LETTERS - 1]}…"


def _small(sentence: str) -> str:
    """A sentence as the reason behind a row: it begins small and ends without a full stop."""
    line, colon, rest = sentence.rpartition(": ") if sentence.startswith("Line ") else ("", "", sentence)
    return f"{line.lower()}{colon}{rest[:1].lower()}{rest[1:]}".removesuffix(".")


def _skus(lines: Sequence[Line]) -> list[str]:
    """Every SKU that a file names."""
    skus = [line.texts.get("sku", "") for line in lines]
    for line in lines:
        for field in ("buttons", "quick_replies"):
            skus += [one.to for one in attached.choices(line.texts.get(field, "")) if one.does == "product"]
    return [sku for sku in dict.fromkeys(skus) if sku]
