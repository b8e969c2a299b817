"""`python -m etl`: the ETL's composition root, which loads no more than the command asked for."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module

import click

_COMMANDS = {
    "add": "etl.commands.add",
    "aggregate": "etl.commands.aggregate",
    "build": "etl.commands.build",
    "check": "etl.commands.build",
    "export": "etl.commands.export",
    "fetch": "etl.commands.fetch",
    "status": "etl.commands.status",
}
"""In which module the function of each command is: a build of nothing new loads no pandas."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        found = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        assert isinstance(found, click.Command)  # noqa: S101 - the table above is wrong otherwise
        return found


@click.group(cls=_Commands, help="Bring figures from publishers and from data/ into the warehouse.")
def main() -> None:
    """Group the commands."""


if __name__ == "__main__":
    # What a command loads lives until it ends: looking it through for garbage all the while, and
    # once more at the end, took a third of a short command's time.
    gc.set_threshold(100_000, 50, 100)
    atexit.register(gc.freeze)
    main(prog_name="python -m etl")
