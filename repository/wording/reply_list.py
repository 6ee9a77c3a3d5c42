"""The list of canned replies: searched with the keyword first, filtered, a page at a time."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection

_LETTERS = 240  # of a reply's words that a list needs
_TAGS = "COALESCE(CAST(tags AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_unicode_520_ci, '')"

_PHRASES = "(SELECT GROUP_CONCAT(phrase SEPARATOR ' ') FROM chatbot_reply_phrases WHERE reply_id = chatbot_replies.id)"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shall hold; what is empty does not matter.

    Attributes:
        text: What is searched for.
        state: "on" or "off".
        category: One of the merchant's headings.
        language: "en" or "fil".
        mark: "mine" (saved by `admin_id` at some time), "draft", "unused" or "broken".
        admin_id: Who is looking.
    """

    text: str = ""
    state: str = ""
    category: str = ""
    language: str = ""
    mark: str = ""
    admin_id: int = 0


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a reply stands in the list: by how well it fits, then by keyword, then by id.

    Attributes:
        tier: How well it fits a search, 0 best: its keyword is it, begins so, holds it; its words do; its tags; all
            of them together.
        keyword: What it answers; empty is before every reply of the tier.
        id: `chatbot_replies.id`.
    """

    tier: int
    keyword: str = ""
    id: int = 0


class ListedCanned(msgspec.Struct, frozen=True):
    """A canned reply in the list.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers.
        language: "en" or "fil".
        match_rule: How the keyword is looked for.
        category: The merchant's heading, or empty.
        beginning: The first letters of what it says.
        is_active: Whether it answers.
        is_broken: Whether it says what no shopper should read.
        usage_count: How often it has answered.
        saved_at: When it was last saved in the console.
        saved_by: Whose save that was, or empty.
        is_drafted: Whether a draft of it is not published yet.
        tier: How well it fits the search.
    """

    id: int
    keyword: str
    language: str
    match_rule: str
    category: str
    beginning: str
    is_active: bool
    is_broken: bool
    usage_count: int
    saved_at: datetime | None
    saved_by: str
    is_drafted: bool
    tier: int

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(self.tier, self.keyword, self.id)


async def count(conn: Connection, *, wanted: Wanted) -> int:
    """How many canned replies fit.

    Args:
        conn: An open connection.
        wanted: What the list shall hold.
    """
    where, _, values = _conditions(wanted)
    return int(str(await conn.value(f"SELECT COUNT(*) FROM chatbot_replies WHERE {where}", **values)))


async def page(
    conn: Connection, *, wanted: Wanted, limit: int, place: Place | None = None, backwards: bool = False
) -> list[ListedCanned]:
    """Some of the canned replies that fit, the best first, then by keyword.

    Args:
        conn: An open connection.
        wanted: What the list shall hold.
        limit: How many at most.
        place: Begin behind it; None begins at the end of the list.
        backwards: From the worst to the best.
    """
    where, tier, values = _conditions(wanted)
    beyond, order = ("<", " DESC") if backwards else (">", "")
    behind = "TRUE"
    if place is not None:
        behind = f"(tier, keyword, id) {beyond} (%(at_tier)s, %(at_keyword)s, %(at_id)s)"
        values |= {"at_tier": place.tier, "at_keyword": place.keyword, "at_id": place.id}
    return await conn.all(
        ListedCanned,
        f"""
        SELECT r.id, r.keyword, r.language, r.match_rule, r.category, r.beginning, r.is_active, r.is_broken,
               r.usage_count, v.saved_at, COALESCE(NULLIF(a.full_name, ''), a.username, ''),
               {_DRAFTED}, r.tier
        FROM (
            SELECT id, keyword, language, match_rule, category, beginning, is_active, is_broken, usage_count, tier
            FROM (
                SELECT id, keyword, language, match_rule, COALESCE(category, '') AS category,
                       LEFT(response, {_LETTERS}) AS beginning, is_active, ({_BROKEN}) AS is_broken, usage_count,
                       {tier} AS tier
                FROM chatbot_replies WHERE {where}
            ) fitting WHERE {behind}
            ORDER BY tier{order}, keyword{order}, id{order} LIMIT %(limit)s
        ) r
        LEFT JOIN reply_versions v ON v.id = (
            SELECT MAX(x.id) FROM reply_versions x WHERE x.kind = 'canned' AND x.subject_id = r.id)
        LEFT JOIN admin_users a ON a.id = v.saved_by
        ORDER BY r.tier{order}, r.keyword{order}, r.id{order}
        """,
        **values,
        limit=limit,
    )


_DRAFTED = (
    "COALESCE((SELECT x.action FROM reply_versions x WHERE x.kind = 'canned' AND x.subject_id = r.id"
    " AND x.action NOT IN ('switched_on', 'switched_off') ORDER BY x.id DESC LIMIT 1), '') = 'drafted'"
)
_BROKEN = (
    "response LIKE '%%{{%%' OR response LIKE '%%{%%%%' OR TRIM(response) = ''"
    r" OR keyword NOT REGEXP '[\\p{L}\\p{N}\\p{S}]'"
)


def _conditions(wanted: Wanted) -> tuple[str, str, dict[str, Bound]]:
    """What a reply must fulfil, and how well it fits, as SQL, with the values of both."""
    conditions = ["TRUE"]
    values: dict[str, Bound] = {}
    if wanted.state:
        conditions.append("is_active" if wanted.state == "on" else "NOT is_active")
    for column in ("category", "language"):
        if value := getattr(wanted, column):
            conditions.append(f"{column} = %({column})s")
            values[column] = value
    if wanted.mark == "unused":
        conditions.append("usage_count = 0")
    elif wanted.mark == "broken":
        conditions.append(f"({_BROKEN})")
    elif wanted.mark == "draft":
        conditions.append(
            "id IN (SELECT subject_id FROM reply_versions WHERE kind = 'canned' AND action = 'drafted')"
            f" AND {_DRAFTED.replace('r.id', 'chatbot_replies.id')}"
        )
    elif wanted.mark == "mine":
        conditions.append(
            "id IN (SELECT subject_id FROM reply_versions WHERE kind = 'canned' AND saved_by = %(admin_id)s)"
        )
        values["admin_id"] = wanted.admin_id
    text = " ".join(wanted.text.split())
    if not text:
        values["nothing"] = 0
        return " AND ".join(conditions), "0 + %(nothing)s", values
    for number, word in enumerate(text.split(" ")[:8]):
        conditions.append(f"CONCAT_WS(' ', keyword, response, category, {_TAGS}, {_PHRASES}) LIKE %(word{number})s")
        values[f"word{number}"] = f"%{_literally(word)}%"
    values |= {"text": text, "begins": f"{_literally(text)}%", "holds": f"%{_literally(text)}%"}
    tier = (
        "CASE WHEN keyword = %(text)s THEN 0 WHEN keyword LIKE %(begins)s THEN 1 WHEN keyword LIKE %(holds)s THEN 2"
        f" WHEN response LIKE %(holds)s THEN 3 WHEN {_TAGS} LIKE %(holds)s THEN 4 ELSE 5 END"
    )
    return " AND ".join(conditions), tier, values


def _literally(text: str) -> str:
    """Text in which LIKE sees no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
