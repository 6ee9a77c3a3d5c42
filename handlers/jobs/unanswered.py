"""Questions that were not answered: put into groups that ask the same, and seen to be answered once a reply does it."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.base import logs
from bot.language.phrases.alike import Groups, gist
from bot.language.phrases.answered import answered
from bot.language.phrases.matcher import Matcher
from repository.database.connection import Connection, Database
from repository.unanswered import before, grouping, settling
from repository.unanswered import groups as listing
from repository.unanswered.grouping import Question
from repository.unanswered.groups import Listed
from repository.wording.phrases import matcher_in_force

_log = logs.get("jobs")
_NEW = 2**60  # numbers from here on stand for groups that are not made yet, so that older ones come first
_TRIED_MOST = 100
"""Groups that are tried again once a reply has changed: those that were asked most often."""
_STEPS_MOST = 8  # in which questions are put into groups, until other work is looked at again

Placed = list[tuple[Question, int]]


class Unanswered:
    """Puts questions into groups. Any number of processes may do it; one at a time does.

    Args:
        database: The shop's database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._groups = Groups()
        self._tried_at = -1
        self._looks_back = True

    async def look(self, *, is_due: bool, phrases_version: int) -> None:
        """Do what is due.

        Args:
            is_due: Whether a question waits for its group.
            phrases_version: Counts up whenever a phrase of a reply changes.
        """
        if self._looks_back:
            await self._look_back()
            self._looks_back = False
        for _ in range(_STEPS_MOST if is_due else 0):
            try:
                if not await self._database.retry(self._group_some):
                    break
            except BaseException:
                self._groups = Groups()  # what was undone is not known any more
                raise
        if phrases_version != self._tried_at:
            await self._try_replies()
            self._tried_at = phrases_version

    async def _look_back(self) -> None:
        """Keep the questions of before they were kept, where no process has yet."""
        async with self._database.connection() as conn:
            turns, kept = await before.left(conn), 0
            if turns is None:
                return
            for first in range(turns.first, turns.last + 1, before.AT_ONCE):
                kept += await before.keep(conn, first=first)
            await before.end(conn)
        _log.info("earlier questions are kept", questions=kept)

    async def _group_some(self, conn: Connection) -> bool:
        await grouping.take_turn(conn)
        questions = await grouping.ungrouped(conn)
        if not questions:
            return False
        newest = await grouping.newest_groups(conn)
        self._groups.keep(newest)
        unknown = [group_id for group_id in newest if group_id not in self._groups]
        firsts = await grouping.firsts(conn, group_ids=unknown)
        asked = [question for question in questions if question.text]
        placed, begun = await asyncio.to_thread(_place, self._groups, firsts, asked)
        self._groups.keep(newest)
        made = {number: await grouping.begin_group(conn, at=first.asked_at) for number, first in begun.items()}
        await grouping.put(conn, placed=[(question, made.get(number, number)) for question, number in placed])
        await grouping.forget(conn, turn_ids=[question.turn_id for question in questions if not question.text])
        for number, first in begun.items():
            self._groups.add(made[number], gist(first.text, name=first.name))
        return True

    async def _try_replies(self) -> None:
        """Say of groups that wait which of them a reply answers by now."""
        async with self._database.connection() as conn:
            waiting = await listing.page(conn, status="waiting", limit=_TRIED_MOST)
            matcher = await matcher_in_force(conn) if waiting else None
        if matcher is None:
            return
        for group_id, reply_id, caught, looked_at in await asyncio.to_thread(_caught, matcher, waiting):

            async def work(
                conn: Connection, group_id: int = group_id, of: tuple[int, int, int] = (reply_id, caught, looked_at)
            ) -> bool:
                return await settling.answer(conn, group_id=group_id, reply_id=of[0], caught=of[1], looked_at=of[2])

            if await self._database.retry(work):
                _log.info("questions are answered", group=group_id, caught=caught, looked_at=looked_at)


def _place(
    groups: Groups, firsts: Sequence[grouping.First], questions: Sequence[Question]
) -> tuple[Placed, Mapping[int, Question]]:
    """Each question with its group, and the first question of each group that has to be made."""
    for first in firsts:
        groups.add(first.group_id, gist(first.text, name=first.name))
    placed: Placed = []
    begun: dict[int, Question] = {}
    for question in questions:
        about = gist(question.text, name=question.name)
        number = groups.nearest(about)
        if not number:
            number = _NEW + len(begun)
            begun[number] = question
            groups.add(number, about)
        placed.append((question, number))
    return placed, begun


def _caught(matcher: Matcher, waiting: Sequence[Listed]) -> list[tuple[int, int, int, int]]:
    """The groups of which a reply answers half at least, each with the reply, how many it answers, and of how many."""
    found = []
    for one in waiting:
        counted = answered(matcher, (question.asked for question in one.questions)).most_common(1)
        if counted and 2 * counted[0][1] >= len(one.questions):
            found.append((one.group.id, *counted[0], len(one.questions)))
    return found
