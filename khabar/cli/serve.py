"""``khabar serve``: the desk in a browser, on this machine."""

from __future__ import annotations

import click

from khabar.cli.options import Call, ask, host_option, ledger_option, pass_call, port_option, quiet_option


@click.command("serve")
@ledger_option
@host_option
@port_option
@quiet_option
@pass_call
def command(call: Call) -> None:
    """Serve the desk until Ctrl-C."""
    from khabar.cli.desk import serve  # noqa: PLC0415 - the web framework, only here

    ask(call).close()  # a ledger that is not there is said now, not on the first page
    serve(call.settings())
