"""Which server a script talks to: the one its options name, else the one that a data folder knows."""

from __future__ import annotations

from pathlib import Path

from warta.label_studio.client import Server
from warta.label_studio.server import read_state
from warta.label_studio.tasks import Fault

DATA_DIR = Path(".label-studio")


def connect(
    data_dir: Path, url: str | None = None, token: str | None = None, start: str = "scripts/label_studio.py start"
) -> Server:
    """Connect to the server at ``url`` with ``token``; what is ``None`` is taken from the data folder's state.

    ``start`` is how to start one, for those who have none.

    Raises :class:`Fault` where neither says it, or the server does not answer as it should.
    """
    state = read_state(data_dir)
    if state is not None:
        url, token = url or state.url, token or state.token
    if not url:
        raise Fault(f"no server: run `{start}`, or name one with --url ({data_dir} knows none)")
    if not token:
        raise Fault(f"{url}: no token: give --token or set LABEL_STUDIO_API_KEY")
    return Server(url, token)
