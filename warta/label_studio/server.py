"""A Label Studio server on this machine: started without questions, found again, stopped.

Settings follow what Label Studio 1.23 reads from its environment: bound to 127.0.0.1, sign-up by invitation
only, telemetry off, legacy tokens on (a known token without a browser), predictions checked by the server.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from warta.files import write_text
from warta.label_studio.client import SERVER_VERSION
from warta.label_studio.tasks import Fault

STATE = "server.json"
LOG = "server.log"
PROGRAM = "label-studio"
HOST = "127.0.0.1"
# The database of a folder whose server never came up: the next start may name another.
UNDECIDED = ""
FIRST_USER = "keeper@warta.example"
START_SECONDS = 180
STOP_SECONDS = 20


@dataclass
class State:
    """What is known of a server: where it runs, the account that keeps it, its database (None: SQLite)."""

    url: str
    pid: int
    email: str
    password: str
    token: str
    database: str | None = None


def read_state(data_dir: Path) -> State | None:
    """Return what a data folder says of its server, None where none was started."""
    path = data_dir / STATE
    if not path.is_file():
        return None
    try:
        return State(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise Fault(f"{path}: is not what `start` writes: {error}") from error


def environment(data_dir: Path, state: State, database: str | None = None) -> dict[str, str]:
    """Return the server's environment; ``database`` is ``postgresql://user:password@host:port/name`` or None for SQLite."""
    settings = {
        "BASE_DATA_DIR": str(data_dir.resolve()),
        "USERNAME": state.email,
        "PASSWORD": state.password,
        "USER_TOKEN": state.token,
        "ENABLE_LEGACY_API_TOKEN": "true",
        "DISABLE_SIGNUP_WITHOUT_LINK": "true",
    }
    found = {key: value for key, value in os.environ.items() if not key.startswith(("LABEL_STUDIO_", "HEARTEX_"))}
    found |= {f"LABEL_STUDIO_{key}": value for key, value in settings.items()}
    # Empty, not absent: the defaults are addresses that errors are sent to.
    found |= {
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
    }
    found["fflag_feat_utc_210_prediction_validation_15082025"] = "true"
    if database is None:
        return found | {"DJANGO_DB": "sqlite"}
    parts = urlsplit(database)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.hostname or not parts.path.strip("/"):
        raise Fault(f"database {database!r}: expected postgresql://user:password@host:port/name")
    return found | {
        "DJANGO_DB": "postgresql",
        "POSTGRE_NAME": parts.path.strip("/"),
        "POSTGRE_USER": unquote(parts.username or "postgres"),
        "POSTGRE_PASSWORD": unquote(parts.password or ""),
        "POSTGRE_HOST": parts.hostname,
        "POSTGRE_PORT": str(parts.port or 5432),
    }


def executable() -> str:
    """Return the path of ``label-studio``.

    It is named by ``WARTA_LABEL_STUDIO``, in the environment of its own that ``make annotate`` installs beside
    this one (``.venv-server`` beside ``.venv``), in this environment, or on the path.
    """
    named = os.environ.get("WARTA_LABEL_STUDIO")
    homes = (Path(f"{sys.prefix}-server", "bin"), Path(sys.executable).parent)
    near = [str(home / PROGRAM) for home in homes if (home / PROGRAM).is_file()]
    found = named or (near[0] if near else shutil.which(PROGRAM))
    if not found or not Path(found).is_file():
        raise Fault("the server is not installed: make annotate does it, or pip install 'warta[server]', "
                    "or set WARTA_LABEL_STUDIO to its path")  # fmt: skip
    return found


def start(data_dir: Path, port: int = 8080, database: str | None = None) -> tuple[State, bool]:
    """Start the server of a data folder, or find it running; return its state and whether it was started now.

    Raises :class:`Fault` for a busy port, a server of another version and a server that does not come up.
    """
    known = read_state(data_dir)
    if known is not None:
        database = _same_database(data_dir, known, database)
        if healthy(known.url):
            return known, False
    url = f"http://{HOST}:{port}"
    if _busy(port):
        what = "a Label Studio that this data folder does not know" if healthy(url) else "something else"
        raise Fault(f"{url}: the port is taken by {what}; choose another (--port, or make annotate PORT=...)")
    program = executable()
    # Account and token are set when the first user is made; a later start must not invent others.
    state = State(url, 0, FIRST_USER, secrets.token_urlsafe(12), secrets.token_hex(20), database)
    if known is not None:
        state = replace(known, url=url, pid=0, database=database)
    settings = environment(data_dir, state, database)
    data_dir.mkdir(parents=True, exist_ok=True)
    _write(data_dir, state)
    command = [program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port)]
    with (data_dir / LOG).open("ab") as log:
        process = subprocess.Popen(
            command, env=settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd=data_dir, start_new_session=True,
        )  # fmt: skip
    state.pid = process.pid
    _write(data_dir, state)
    try:
        _wait(process, state, data_dir / LOG)
    except Fault:
        _write(data_dir, replace(state, pid=0, database=database if known is not None else UNDECIDED))
        raise
    return state, True


def _same_database(data_dir: Path, known: State, database: str | None) -> str | None:
    """Return the database that a data folder's server has; a start with another one would show an empty server."""
    if known.database == UNDECIDED:
        return database
    if database not in {None, known.database}:
        has = "SQLite" if known.database is None else "another PostgreSQL database"
        raise Fault(f"{data_dir}: the server of this folder has {has}; choose another folder with --data-dir")
    return known.database


def _wait(process: subprocess.Popen[bytes], state: State, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Fault(
                f"{state.url}: the server ended at once (status {process.returncode}): {_last_line(log)}; see {log}"
            )
        if healthy(state.url):
            version = served_version(state.url)
            if not version.startswith(SERVER_VERSION + "."):
                stop_process(process.pid)
                raise Fault(f"{state.url}: the server is Label Studio {version}, this needs {SERVER_VERSION}.*")
            return
        time.sleep(0.3)
    stop_process(process.pid)
    raise Fault(f"{state.url}: no answer within {START_SECONDS} s; see {log}")


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "nothing was said")


def stop(data_dir: Path) -> State | None:
    """Stop the server of a data folder; return its state, None where none runs."""
    state = read_state(data_dir)
    if state is None or not state.pid or not is_server(state.pid):
        return None
    stop_process(state.pid)
    state.pid = 0
    _write(data_dir, state)
    return state


def stop_process(pid: int) -> None:
    """End a server and what it started, first asking, then not."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(pid, sign)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            _reap(pid)
            if not is_server(pid):
                return
            time.sleep(0.1)


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def is_server(pid: int) -> bool:
    """Say whether a process of this id runs Label Studio, so that a reused id is never ended."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
        words = answer.stdout
    return b"label-studio" in words


def healthy(url: str) -> bool:
    """Say whether a Label Studio answers that it is up."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return b'"UP"' in answer.read(200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def served_version(url: str) -> str:
    """Return the version of the server at an address."""
    try:
        with urllib.request.urlopen(f"{url}/api/version", timeout=30) as answer:
            return str(json.load(answer)["label-studio-os-package"]["version"])
    except (OSError, ValueError, KeyError) as error:
        raise Fault(f"{url}: does not say its version: {error}") from error


def _busy(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _write(data_dir: Path, state: State) -> None:
    path = data_dir / STATE
    write_text(path, json.dumps(asdict(state), indent=1) + "\n")
    path.chmod(0o600)
