"""Every noun that merchants edit has its pages at the addresses to which the kit's own templates lead."""

import pkgutil
from importlib import import_module

import pytest
from msgspec import Struct

import handlers.console
from handlers.console.app import PAGES
from handlers.console.base.nouns.editor import Editor
from handlers.console.base.nouns.maker import Maker
from handlers.console.base.nouns.restoring import Restoring
from handlers.console.base.visit import Show
from repository.rules import GROUPS
from repository.staff.versions import Noun
from tests.repository.staff.test_kinds import NOUNS

EDITORS = list(
    {
        id(value): value
        for module in pkgutil.walk_packages(handlers.console.__path__, "handlers.console.")
        for value in vars(import_module(module.name)).values()
        if isinstance(value, Editor)
    }.values()
)
AT = {(page.method, page.path): page.show for page in PAGES}
each = pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.noun.kind)


def there(editor: Editor[Struct], method: str, path: str, show: Show) -> None:
    """A page is where a template leads, and is this noun's."""
    kind = editor.noun.kind
    assert (method, path) in AT, f"{kind}: there is no page {method} {path}; `noun_pages` makes all of them"
    assert AT[method, path] == show, f"{method} {path} is not what {kind} shows"


def address(editor: Editor[Struct]) -> str:
    """Where one is edited."""
    paths = [path for (method, path), show in AT.items() if method == "GET" and show == editor.show]
    found = [path for path in paths if path != f"{editor.home}/new"]
    assert found, f"{editor.noun.kind}: it has no page; `noun_pages` makes all of them"
    return found[0]


@pytest.mark.parametrize("kind", NOUNS)
def test_every_noun_has_pages(kind: str) -> None:
    noun: Noun[Struct] = NOUNS[kind]
    if noun.kind == "variant":
        return  # small forms on the page of their product
    shared = [group.noun for group in GROUPS]  # pages of their own, one set for all groups of settings
    assert noun in [*shared, *(editor.noun for editor in EDITORS)], f"{kind}: no Editor in handlers/console/"


@each
def test_one_can_be_saved_previewed_and_looked_back_at(editor: Editor[Struct]) -> None:
    path = address(editor)
    there(editor, "POST", path, editor.save)
    there(editor, "POST", editor.preview_path(path), editor.preview)
    there(editor, "GET", f"{path}/history", editor.history)


@each
def test_an_earlier_save_can_be_restored(editor: Editor[Struct]) -> None:
    path = rf"{editor.home}/versions/{{id:\d+}}/restore"
    restore = AT.get(("POST", path))
    assert isinstance(restore, Restoring), f"{editor.noun.kind}: its history leads to {path}, where nothing restores"
    assert editor in restore.nouns, f"{path} does not know {editor.noun.kind}"


@pytest.mark.parametrize("maker", [one for one in EDITORS if isinstance(one, Maker)], ids=lambda maker: maker.noun.kind)
def test_what_can_be_deleted_can_be_brought_back(maker: Maker[Struct]) -> None:
    shown = list(AT.values())
    if maker.create in shown:
        there(maker, "GET", f"{maker.home}/new", maker.show)
        there(maker, "POST", f"{maker.home}/new", maker.create)
    if maker.delete in shown:
        there(maker, "POST", f"{address(maker)}/delete", maker.delete)
        there(maker, "POST", f"{maker.home}/bring-back", maker.bring_back)


def test_canned_replies_can_be_made_and_deleted() -> None:
    makers = {maker.noun.kind: maker for maker in EDITORS if isinstance(maker, Maker)}
    assert {makers["canned"].create, makers["canned"].delete} <= set(AT.values()), "else nothing above was tried"
