"""Groups of settings, each saved as one: whoever opens a group sees it whole, and every save of it is kept."""

from collections.abc import Mapping
from typing import Generic

import msgspec

from repository.database.connection import Connection
from repository.settings import store
from repository.settings.about import About, abouts, problem
from repository.settings.store import Source, Whole
from repository.staff.by import By
from repository.staff.versions import Noun

THE_ONE = 1  # `reply_versions.subject_id`: there is one of each group


class Refused(ValueError):
    """A group cannot be saved like this.

    Attributes:
        problems: A sentence by setting.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in problems.items()))
        self.problems = problems


class OpenedGroup(msgspec.Struct, frozen=True):
    """A group, open to be edited.

    Attributes:
        id: 1, there is but one.
        body: The settings in force.
        version: The number of its last save, 0 where there was none.
        sources: Where each value comes from, by name.
    """

    id: int
    body: msgspec.Struct
    version: int
    sources: Mapping[str, Source]


class Group(Generic[Whole]):
    """Some settings of a struct.

    Args:
        whole: The struct; those of its fields belong that an `About` puts into this group.
        name: How the group is called in the struct; stored for ever in the kind of its saves.
        title: What merchants call it.
        lead: What it is about, in a sentence.

    Attributes:
        settings: The type of each of its settings and what is said of it, by name, in order.
        body: A frozen struct of its settings.
        noun: How its saves are kept.
    """

    def __init__(self, whole: type[Whole], name: str, *, title: str, lead: str) -> None:
        self.name = name
        self.title = title
        self.lead = lead
        self.settings: Mapping[str, tuple[object, About]] = {
            field: (kind, about) for field, (kind, about) in abouts(whole).items() if about.group == name
        }
        assert self.settings, f"no setting is in {name!r}"
        fresh = whole()
        self.body = msgspec.defstruct(
            f"{name.capitalize()}{whole.__name__}",
            [(field, kind, getattr(fresh, field)) for field, (kind, _) in self.settings.items()],
            frozen=True,
            kw_only=True,
        )
        self.noun = Noun(f"settings_{name}", self.body, audited="settings", called=lambda _, __: name, many="settings")

    def of(self, whole: Whole) -> msgspec.Struct:
        """This group's part of all settings.

        Args:
            whole: All of them.
        """
        return self.body(**{name: getattr(whole, name) for name in self.settings})

    async def opened(self, conn: Connection, *, defaults: Whole, given: Mapping[str, object]) -> OpenedGroup:
        """The group as it is in force.

        Args:
            conn: An open connection.
            defaults: All settings where nothing is stored.
            given: Which of them the environment gave, by name.
        """
        kept = await store.stored(conn)
        last = await self.noun.latest(conn, THE_ONE)
        sources = {name: store.source(name, kept=kept, given=given) for name in self.settings}
        return OpenedGroup(THE_ONE, self.of(store.in_force(defaults, kept)), last.id if last else 0, sources)

    async def save(
        self, conn: Connection, body: msgspec.Struct, *, defaults: Whole, version: int, by: By, action: str = "changed"
    ) -> bool:
        """Change the group; every process uses it from its next turn on. Whether anything changed.

        Args:
            conn: An open connection. The caller owns the transaction.
            body: What it shall be; what is as by default is no longer stored.
            defaults: All settings where nothing is stored.
            version: The number of its last save when it was opened.
            by: Who changes it.
            action: "changed" or "restored".

        Raises:
            Refused: Some value is beyond its limits.
            SavedMeanwhile: Somebody else saved it meanwhile.
        """
        wrong = {name: problem(about, getattr(body, name)) for name, (_, about) in self.settings.items()}
        if any(wrong.values()):
            raise Refused({name: why for name, why in wrong.items() if why})
        await conn.run("SELECT id FROM shop_versions WHERE id = 1 FOR UPDATE")
        was = self.of(store.in_force(defaults, await store.stored(conn)))
        usual = self.of(defaults)

        async def write() -> None:
            values = {name: getattr(body, name) for name in self.settings}
            stored = {name: None if value == getattr(usual, name) else value for name, value in values.items()}
            await store.put(conn, stored, admin_id=by.admin_id)

        return await self.noun.change(
            conn, THE_ONE, was=was, body=body, version=version, by=by, action=action, write=write
        )
