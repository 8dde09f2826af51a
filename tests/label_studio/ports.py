"""Ports for servers that tests start."""

from __future__ import annotations

import socket

from warta.label_studio.server import HOST


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
