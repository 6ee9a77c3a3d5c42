"""What an account may do is read from SHOW GRANTS of either family."""

import pytest

from repository.schema.base.account import Account, covers, excess, missing, pattern, read_grants
from repository.schema.check.surroundings import _revoke

DATABASE = "quicksell_chatbot"
BOT = [
    "GRANT USAGE ON *.* TO `bot`@`localhost` IDENTIFIED BY PASSWORD '*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9'",
    "GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON `quicksell\\_chatbot`.* TO `bot`@`localhost`",
]


def test_the_five_rights_are_right() -> None:
    grants = read_grants(BOT)
    assert missing(grants, DATABASE) == ()
    assert excess(grants, DATABASE) == ()


@pytest.mark.parametrize(
    ("line", "beyond"),
    [
        ("GRANT CREATE, DROP ON `quicksell\\_chatbot`.* TO `bot`@`%`", "CREATE, DROP ON `quicksell\\_chatbot`.*"),
        ("GRANT SELECT ON *.* TO `bot`@`%`", "SELECT ON *.*"),
        ("GRANT ALL PRIVILEGES ON *.* TO 'bot'@'%' WITH GRANT OPTION", "ALL ON *.*; GRANT OPTION ON *.*"),
        ("GRANT SELECT ON `mysql`.`user` TO `bot`@`%`", "SELECT ON `mysql`.`user`"),
        ("GRANT SELECT ON `quicksell%`.* TO `bot`@`%`", "SELECT ON `quicksell%`.*"),
        ("GRANT EXECUTE ON PROCEDURE `other`.`p` TO `bot`@`%`", "EXECUTE ON PROCEDURE `other`.`p`"),
        ("GRANT `admins` TO `bot`@`%`", "ROLE `admins`"),
        ("GRANT `admins`@`%` TO `bot`@`%`", "ROLE `admins`@`%`"),
        (
            "GRANT SELECT, TRIGGER ON `quicksell_chatbot`.`orders` TO `bot`@`%`",
            "TRIGGER ON `quicksell_chatbot`.`orders`",
        ),
    ],
)
def test_whatever_is_more_is_named(line: str, beyond: str) -> None:
    assert "; ".join(excess(read_grants([*BOT, line]), DATABASE)) == beyond


@pytest.mark.parametrize(
    "line",
    [
        "GRANT EXECUTE ON PROCEDURE `quicksell_chatbot`.`sp_get_order_details` TO `bot`@`%`",
        "GRANT SELECT, INSERT (`id`, `name`) ON `quicksell_chatbot`.`brands` TO `bot`@`%`",
        "GRANT SELECT ON `quicksell_chatbot`.* TO `bot`@`%`",
    ],
)
def test_what_it_may_do_anyway_is_not_more(line: str) -> None:
    assert excess(read_grants([*BOT, line]), DATABASE) == ()


@pytest.mark.parametrize(
    ("lines", "lacking"),
    [
        ([], ("SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE")),
        (["GRANT USAGE ON *.* TO `bot`@`%`"], ("SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE")),
        (["GRANT SELECT, INSERT ON `quicksell_chatbot`.* TO `bot`@`%`"], ("UPDATE", "DELETE", "EXECUTE")),
        (["GRANT ALL PRIVILEGES ON `quicksell\\_chatbot`.* TO `bot`@`%`"], ()),
        (
            ["GRANT EXECUTE ON PROCEDURE `quicksell_chatbot`.`p` TO `bot`@`%`"],
            ("SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE"),
        ),
    ],
)
def test_whatever_is_less_is_named(lines: list[str], lacking: tuple[str, ...]) -> None:
    assert missing(read_grants(lines), DATABASE) == lacking


@pytest.mark.parametrize(
    ("on", "database", "does"),
    [
        ("*.*", "a", True),
        ("`a_b`.*", "a_b", True),
        ("`a_b`.*", "axb", True),
        ("`a\\_b`.*", "a_b", True),
        ("`a\\_b`.*", "axb", False),
        ("`a%`.*", "abc", True),
        ("`a%`.*", "bca", False),
        ("`a b`.*", "a b", True),
        ("`a`.`t`", "a", False),
        ("PROCEDURE `a`.`p`", "a", False),
        ("", "a", False),
    ],
)
def test_which_databases_a_grant_is_about(on: str, database: str, does: bool) -> None:
    assert covers(on, database) is does


def test_names_are_quoted() -> None:
    assert str(Account(user="o'neil", host="%")) == "'o''neil'@'%'"
    assert pattern("a_b%c`d") == "`a\\_b\\%c``d`"


def test_what_every_account_has_is_named_so_and_taken_from_everybody() -> None:
    line = "GRANT SELECT, INSERT, DROP ON `test`.* TO PUBLIC"
    (beyond,) = excess(read_grants([*BOT, line]), DATABASE)
    assert beyond == "DROP, INSERT, SELECT ON `test`.*, as everybody has"
    assert _revoke(beyond, "'bot'@'%'") == "REVOKE DROP, INSERT, SELECT ON `test`.* FROM PUBLIC;"
