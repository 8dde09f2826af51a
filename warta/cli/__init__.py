"""The command ``warta``: one module a sub-command, loaded when it is called, so that scoring starts fast."""

from __future__ import annotations

import importlib
import os
import sys

import click

from warta import __version__
from warta.files import FileFault
from warta.schema import SchemaFault

COMMANDS = {
    "validate": "check document files against form and scheme",
    "score": "score a system's predictions against gold",
    "compare": "test whether one system is better than another",
    "report": "write a page that shows what to fix",
    "predict": "run a system on documents",
    "convert": "between the document form and other formats",
    "anchor": "turn annotations that quote words into offsets",
    "link": "join texts into the linked articles",
}


class Commands(click.Group):
    """Group whose sub-commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the sub-commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a sub-command and return its command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"warta.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the sub-commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="warta")
def group() -> None:
    """Indonesian news annotated for entities, events and quotes: validate, score, compare, convert.

    Results go to standard output, progress and warnings to standard error. Exit status: 0 fine, 1 findings,
    2 wrong use or a file that cannot be used.
    """


def main() -> None:
    """Run the command line."""
    run(group, "warta")


def run(command: click.Command, name: str, *faults: type[Exception]) -> None:
    """Run a command under its name; a user's mistake (``faults`` are such too) is one line and status 2, never a traceback."""
    mistakes: tuple[type[Exception], ...] = (FileFault, SchemaFault, *faults)
    try:
        command(prog_name=name)
    except mistakes as fault:
        click.echo(f"{name}: {fault}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has enough; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
