"""Whoever answers on a socket is known by its process id and by whether it lets us in."""

import os
import socket
import threading
from pathlib import Path

import pytest

from bot.workshop.database.accounts import Account
from bot.workshop.database.handshake import NoAnswer, greet
from bot.workshop.database.private import PrivateServer


def test_the_server_that_answers_is_known(server: PrivateServer) -> None:
    answer = greet(server.socket, Account(user=server.bot_user, password=server.bot_password), 5)
    assert (answer.pid, answer.refusal) == (server.pid, None)


def test_a_wrong_password_is_refused_in_the_servers_words(server: PrivateServer) -> None:
    answer = greet(server.socket, Account(user=server.bot_user, password="wrong"), 5)
    assert answer.refusal == "Access denied for user 'quicksell'@'localhost' (using password: YES)"


@pytest.mark.parametrize("name", ["none.sock", "left.sock"], ids=["there is none", "left by a dead process"])
def test_behind_a_socket_that_is_of_nobody_nobody_listens(tmp_path: Path, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / "left.sock"))
    with pytest.raises(NoAnswer) as silence:
        greet(tmp_path / name, Account(user="a", password="b"), 5)
    assert silence.value.pid is None


def test_one_that_listens_and_is_silent_is_named(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent.sock"))
        silent.listen()
        with pytest.raises(NoAnswer) as silence:
            greet(tmp_path / "silent.sock", Account(user="a", password="b"), 0.05)
    assert silence.value.pid == os.getpid()


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x01\x00\x00\x00\x0a", b"\x00\x00\x00\x00", b""]
)
def test_one_that_speaks_otherwise_is_named_too(tmp_path: Path, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(tmp_path / "other.sock"))
        other.listen()
        answering = threading.Thread(target=_say, args=(other, said))
        answering.start()
        with pytest.raises(NoAnswer) as silence:
            greet(tmp_path / "other.sock", Account(user="a", password="b"), 5)
        answering.join()
    assert silence.value.pid == os.getpid()


def _say(listener: socket.socket, words: bytes) -> None:
    """Take one caller, say something, and hang up."""
    line, _ = listener.accept()
    with line:
        line.sendall(words)
