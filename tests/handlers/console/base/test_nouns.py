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
AT = {(page.method, page.path): page for page in PAGES}
each = pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.noun.kind)


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
def test_every_noun_has_pages(noun: Noun[Struct]) -> None:
    assert noun in [editor.noun for editor in EDITORS], f"{noun.kind}: no Editor of handlers/console/ is made of it"


@each
def test_one_can_be_looked_at_saved_previewed_and_looked_back_at(editor: Editor[Struct]) -> None:
    at = editor.address
    for method, path, show in (
        ("GET", at, editor.show),
        ("POST", at, editor.save),
        ("POST", editor.preview_path(at), editor.preview),
        ("GET", f"{at}/history", editor.history),
    ):
        assert (method, path) in AT, f"{editor.noun.kind}: no page {method} {path}; `noun_pages` has all of them"
        assert AT[method, path].show == show, f"{path} is not the page of {editor.noun.kind}"


@each
def test_an_earlier_save_can_be_restored(editor: Editor[Struct]) -> None:
    path = rf"{editor.home}/versions/{{id:\d+}}/restore"
    assert ("POST", path) in AT, f"{editor.noun.kind}: its history leads to {path}, where no page is"
    restore = AT["POST", path].show
    assert isinstance(restore, Restoring)
    assert editor in restore.nouns, f"{path} does not know {editor.noun.kind}"


@pytest.mark.parametrize("maker", [one for one in EDITORS if isinstance(one, Maker)], ids=lambda maker: maker.noun.kind)
def test_what_is_made_can_be_deleted_and_brought_back(maker: Maker[Struct]) -> None:
    for method, path, show in (
        ("GET", f"{maker.home}/new", maker.show),
        ("POST", f"{maker.home}/new", maker.create),
        ("POST", f"{maker.address}/delete", maker.delete),
        ("POST", f"{maker.home}/bring-back", maker.bring_back),
    ):
        assert (method, path) in AT, f"{maker.noun.kind}: no page {method} {path}; `noun_pages` has all of them"
        assert AT[method, path].show == show, f"{path} is not the page of {maker.noun.kind}"
    assert maker.deletes == AT["POST", f"{maker.address}/delete"].permission, f"{maker.noun.kind}: say `deletes`"
