"""A private server starts, is adopted, stops, and comes back with everything that it acknowledged."""

import os
import signal
import stat
from pathlib import Path

import pytest

from bot.workshop.database.errors import ServerFailed
from bot.workshop.database.private import PrivateServer
from tests.bot.workshop.database.client import Refused, ask
from tests.bot.workshop.database.holding import Holder, as_ordinary_user, is_alive

NOTE = "CREATE DATABASE IF NOT EXISTS shop; CREATE TABLE IF NOT EXISTS shop.notes (words VARCHAR(80)) ENGINE=InnoDB"


def test_it_runs_as_the_shop_wants_it(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database") as server:
        assert ask(
            server,
            "SELECT @@time_zone, @@character_set_server, @@event_scheduler, @@innodb_flush_log_at_trx_commit, "
            "@@innodb_doublewrite IN ('1', 'ON'), @@log_bin, @@skip_networking, @@have_symlink <> '', @@local_infile",
        ) == [["+08:00", "utf8mb4", "ON", "1", "1", "0", "1", "1", "0"]]
        assert server.is_ours
        assert server.is_running()
    assert not server.is_running()
    assert not is_alive(server.pid)
    assert "Shutdown complete" in server.log.read_text()
    server.stop()


def test_the_time_zone_is_the_callers(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", time_zone="-03:30", fast=True) as server:
        assert ask(server, "SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())") == [["-210"]]


def test_the_shops_account_has_its_rights_and_no_more(server: PrivateServer) -> None:
    ask(server, "CREATE DATABASE quicksell_chatbot; CREATE TABLE quicksell_chatbot.notes (words VARCHAR(80))")
    ask(
        server,
        "INSERT notes VALUES ('kept'); UPDATE notes SET words = 'changed'",
        as_bot=True,
        database="quicksell_chatbot",
    )
    assert ask(server, "SELECT words FROM quicksell_chatbot.notes", as_bot=True) == [["changed"]]
    for beyond in ("DROP TABLE quicksell_chatbot.notes", "CREATE DATABASE other", "SELECT * FROM mysql.global_priv"):
        with pytest.raises(Refused, match="denied"):
            ask(server, beyond, as_bot=True)


def test_nobody_else_can_log_in(server: PrivateServer) -> None:
    assert ask(server, "SELECT User, Host FROM mysql.user ORDER BY User, Host") == [
        ["mariadb.sys", "localhost"],
        ["quicksell", "localhost"],
        ["quicksell_admin", "localhost"],
        ["root", "localhost"],
    ]
    assert "unix_socket" in ask(server, "SHOW CREATE USER root@localhost")[0][0]


def test_nobody_else_can_read_what_it_keeps(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        folder = server.folder
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        holding_a_password = [
            file.name for file in folder.iterdir() if file.is_file() and b"password" in file.read_bytes()
        ]
        assert holding_a_password == ["accounts.json"]
        command = Path(f"/proc/{server.pid}/cmdline").read_text()
        assert server.admin_password not in command
        assert server.bot_password not in command


def test_one_that_runs_is_adopted_and_left_running(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as first:
        with PrivateServer.start(tmp_path / "database") as second:
            assert (second.pid, second.is_ours) == (first.pid, False)
            assert ask(second, "SELECT 1") == [["1"]]
        assert first.is_running()


def test_two_who_start_at_once_share_one_server(tmp_path: Path) -> None:
    holders = [Holder(tmp_path / "database", "--fast") for _ in range(3)]
    heard = [holder.hear() for holder in holders]
    assert len({facts.pid for facts in heard}) == 1
    assert sorted(facts.is_ours for facts in heard) == [False, False, True]
    for facts, holder in sorted(zip(heard, holders, strict=True), key=lambda pair: pair[0].is_ours):
        assert is_alive(facts.pid)
        assert holder.end() == 0
    assert not is_alive(heard[0].pid)


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    server = PrivateServer.start(tmp_path / "database")
    ask(server, NOTE)
    for number in range(5):
        ask(server, f"INSERT shop.notes VALUES ('note {number}')")
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    with PrivateServer.start(tmp_path / "database") as again:
        assert again.is_ours
        assert ask(again, "SELECT COUNT(*) FROM shop.notes") == [["5"]]


def test_it_ends_with_a_killed_holder_and_the_next_takes_over(tmp_path: Path) -> None:
    holder = Holder(tmp_path / "database")
    first = holder.hear()
    with PrivateServer.start(tmp_path / "database") as adopted:
        assert not adopted.is_ours
        ask(adopted, f"{NOTE}; INSERT shop.notes VALUES ('kept')")
    holder.die()
    with PrivateServer.start(tmp_path / "database") as server:
        assert server.is_ours
        assert server.pid != first.pid
        assert ask(server, "SELECT words FROM shop.notes") == [["kept"]]


def test_an_interrupted_creation_begins_again(tmp_path: Path) -> None:
    half = tmp_path / "database" / "data.unfinished"
    half.mkdir(parents=True)
    (half / "ibdata1").write_bytes(b"half")
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        assert ask(server, "SELECT 1") == [["1"]]
        assert not half.exists()


@pytest.mark.parametrize("name", ["a shop's data", "tindahan ñ ₱ 店", "x" * 120])
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    with PrivateServer.start(tmp_path / name, fast=True) as server:
        assert ask(server, "SELECT @@datadir") == [[f"{tmp_path}/{name}/data/"]]
        socket = server.socket
    assert not socket.exists()
    assert socket.parent == tmp_path / name or not socket.parent.exists()


def test_an_ordinary_user_gets_one_too(tmp_path: Path, ordinary_folder: Path) -> None:
    holder = Holder(ordinary_folder / "of an ordinary user", before=as_ordinary_user())
    facts = holder.hear()
    assert facts.user_id != 0
    assert Path(f"/proc/{facts.pid}").stat().st_uid == facts.user_id
    assert holder.end() == 0
    assert not is_alive(facts.pid)


def test_what_the_log_says_is_in_the_error(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        pass
    (server.folder / "data" / "ib_logfile0").write_bytes(b"not a log" * 1000)
    with pytest.raises(ServerFailed) as failure:
        PrivateServer.start(tmp_path / "database", fast=True)
    assert failure.value.reason == f"MariaDB did not start in {server.folder}: it ended at once."
    assert any("InnoDB" in line and "ERROR" in line for line in failure.value.log_tail)
    assert f"The end of {server.log}:" in str(failure.value)


def test_accounts_that_were_lost_are_made_anew(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        ask(server, NOTE)
    (server.folder / "accounts.json").unlink()
    with PrivateServer.start(tmp_path / "database", fast=True) as again:
        assert again.admin_password != server.admin_password
        assert ask(again, "SELECT COUNT(*) FROM shop.notes") == [["0"]]


def test_a_server_that_is_not_ours_on_our_socket_is_refused(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        noted = server.folder / "server.pid"
        noted.write_text("1\n")
        with pytest.raises(ServerFailed, match=rf"Process {server.pid} answers on .*, but .* names 1\."):
            PrivateServer.start(tmp_path / "database")


def test_one_that_hangs_is_named_and_left_alone(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        os.kill(server.pid, signal.SIGSTOP)
        try:
            with pytest.raises(ServerFailed, match=rf"Process {server.pid} holds .* but does not answer: end it first"):
                PrivateServer.start(tmp_path / "database", patience=0.2)
        finally:
            os.kill(server.pid, signal.SIGCONT)
        assert server.is_running()


def test_one_that_does_not_stop_is_killed(tmp_path: Path) -> None:
    server = PrivateServer.start(tmp_path / "database", fast=True)
    os.kill(server.pid, signal.SIGSTOP)
    server.stop(patience=0.2)
    assert not is_alive(server.pid)


def test_two_servers_do_not_share_temporary_tables(tmp_path: Path, server: PrivateServer) -> None:
    with PrivateServer.start(tmp_path / "a folder: with a colon", fast=True) as other:
        folders = [ask(each, "SELECT @@datadir, @@tmpdir")[0] for each in (server, other)]
        assert [Path(data, tmp).resolve() for data, tmp in folders] == [server.folder / "tmp", other.folder / "tmp"]
        note = "CREATE TEMPORARY TABLE mysql.notes (number INT) ENGINE=MyISAM; INSERT mysql.notes VALUES (1)"
        assert ask(other, f"{note}; SELECT * FROM mysql.notes") == [["1"]]
