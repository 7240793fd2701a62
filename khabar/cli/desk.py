"""The desk's server: an address on this machine, printed, until Ctrl-C.

In: settings. Out: nothing; it returns when it is stopped. Port 0 takes any free one. Why no other thing
listens: the socket is opened here first, so that the address that is printed is the one that answers.
"""

from __future__ import annotations

import socket

import uvicorn

from khabar import __version__
from khabar.cli.output import note
from khabar.errors import KhabarError
from khabar.ledger.store import View, open_view
from khabar.settings import Settings
from khabar.show.web.app import create_app

QUESTION_SECONDS = 5.0
"""no question of a page takes longer; somebody who types a costly one gets a sentence, not a machine that stands still"""


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    listening = listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    note(f"the desk is at http://{host}:{port}/  (Ctrl-C ends it)")

    def views(moment: str | None) -> View:
        return open_view(settings.ledger, moment=moment, seconds=QUESTION_SECONDS)

    app = create_app(views, version=__version__)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        note("the desk is closed")
    finally:
        listening.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises KhabarError if the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen()  # from here on who calls waits until the desk is up, instead of being refused
    except OSError as error:
        made.close()
        raise KhabarError(f"{host}:{port}: {error.strerror}; choose another --port (0 = any free one)") from error
    return made
