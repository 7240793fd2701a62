"""Serving: the printed address answers, Ctrl-C ends it cleanly, a taken port is said."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from khabar.cli.desk import listen
from khabar.errors import KhabarError
from tests.ledger.making import ledger_with, make_article


def test_the_printed_address_answers_until_ctrl_c(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    command = [sys.executable, "-m", "khabar", "serve", "--ledger", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            address = next(word for word in server.stderr.readline().split() if word.startswith("http://127.0.0.1:"))
            with urllib.request.urlopen(address, timeout=20) as reply:
                assert reply.status == 200
        finally:
            server.send_signal(signal.SIGINT)
        rest = server.stderr.read()
        assert server.wait(timeout=20) == 0
        assert "Traceback" not in rest


def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KhabarError, match=f"127.0.0.1:{port}: .*choose another --port"):
            listen("127.0.0.1", port)
