"""Talking to a Label Studio server: one connection, checked, with errors of one line that name the address."""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import Iterator
from typing import Any

from warta.label_studio.tasks import Fault

SERVER_VERSION = "1.23"
# Imports are not idempotent and the SDK repeats a POST after a server error, so it is told not to.
ONCE: dict[str, Any] = {"timeout_in_seconds": 300, "max_retries": 0}
PAGE = 100


class Server:
    """A server that answered, knows the token and is of the version this package was made for."""

    def __init__(self, url: str, token: str) -> None:
        """Connect; raises :class:`Fault` naming the address and what is wrong with server, token or version."""
        try:
            package = importlib.import_module("label_studio_sdk")
        except ImportError as error:
            raise Fault("the Label Studio SDK is not installed: pip install 'warta[annotate]'") from error
        self.url, self.token = url.rstrip("/"), token
        with self.one_line():
            self.sdk: Any = package.LabelStudio(base_url=self.url, api_key=token)
            about = self.sdk.versions.get().label_studio_os_package or {}
            self.version = str(about.get("version", "unknown"))
        if not self.version.startswith(SERVER_VERSION + "."):
            raise Fault(f"{self.url}: the server is Label Studio {self.version}, this needs {SERVER_VERSION}.*")
        with self.one_line():
            self.email = str(self.sdk.users.whoami().email)

    @contextlib.contextmanager
    def one_line(self) -> Iterator[None]:
        """Turn errors of the connection into a :class:`Fault`."""
        import httpx

        refusal = importlib.import_module("label_studio_sdk.core.api_error").ApiError
        try:
            yield
        except refusal as error:
            raise Fault(f"{self.url}: {_said(error.status_code, error.body, self.token)}") from error
        except (httpx.HTTPStatusError, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            status = getattr(getattr(error, "response", None), "status_code", None)
            raise Fault(f"{self.url}: {_said(status, str(error), self.token)}") from error
        except httpx.TimeoutException as error:
            raise Fault(f"{self.url}: no answer in time ({type(error).__name__})") from error
        except httpx.TransportError as error:
            raise Fault(f"{self.url}: no server answers there ({_flat(error)})") from error

    def users(self) -> dict[int, str]:
        """Return ``{user id: e-mail}`` of the members."""
        with self.one_line():
            return {int(user.id): str(user.email) for user in self.sdk.users.list()}

    def tasks(self, project: int, query: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Yield a project's tasks as plain JSON values, with annotations and drafts, in the order of their ids."""
        more = {"query": json.dumps({"filters": query})} if query else {}
        with self.one_line():
            for task in self.sdk.tasks.list(project=project, fields="all", page_size=PAGE, **more):
                yield task.model_dump(mode="json")

    def contents(self, project: int) -> Iterator[tuple[dict[str, Any], int, int]]:
        """Yield ``(data, task id, number of annotations)`` of a project's tasks."""
        with self.one_line():
            include = "id,data,total_annotations"
            for task in self.sdk.tasks.list(project=project, fields="task_only", include=include, page_size=PAGE):
                yield dict(task.data or {}), int(task.id), int(task.total_annotations or 0)

    def documents(self, project: int) -> dict[str, list[tuple[int, int]]]:
        """Return ``{document id: [(task id, number of annotations)]}`` of a project."""
        found: dict[str, list[tuple[int, int]]] = {}
        for data, task, count in self.contents(project):
            found.setdefault(str(data.get("doc_id")), []).append((task, count))
        return found


def token_kind(token: str) -> str:
    """Say which kind of token this looks like: a personal access token (JWT) or a legacy token."""
    return "personal access token" if token.count(".") == 2 else "legacy token"


def _said(status: int | None, body: Any, token: str) -> str:
    """Return what a server's refusal means."""
    detail = [body.get("detail"), body.get("validation_errors")] if isinstance(body, dict) else [body]
    text = _flat(" ".join(str(part) for part in detail if part))[:300]
    if status == 401:
        return f"the token ({token_kind(token)}) is refused: {text}"
    if status == 404:
        return "there is no such address on the server (404); is it Label Studio?"
    return f"the server refused ({status}): {text}"


def _flat(value: Any) -> str:
    return " ".join(str(value).split())
