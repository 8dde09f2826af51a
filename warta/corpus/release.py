"""What makes a checkout a release: one version everywhere, everything generated current, nothing uncommitted."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from warta.corpus.build import GoldFaults, build, checksums
from warta.corpus.croissant import cited, write_croissant
from warta.corpus.documentation import DOCUMENTS, write_documentation
from warta.corpus.layout import Layout
from warta.files import write_text

#: What goes to the hub, by pattern from the top of the checkout.
SHIPPED = (
    "README.md", "DATASHEET.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE", "LICENSE-DATA", "schema/**",
    "data/**", "docs/**",
)  # fmt: skip
#: What a build makes, and what it makes it from.
MADE = (*DOCUMENTS, "data/statistics.json", "data/croissant.json", "data/SHA256SUMS", "data/splits.tsv")
_HEADING = re.compile(r"^## (\S+) - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def make(layout: Layout, notify: Callable[[str], None] = lambda line: None) -> None:
    """Make everything of a release from gold: files, documents, descriptions, checksums.

    Raises :class:`GoldFaults` before anything is written when gold does not pass.
    """
    figures = build(layout, notify)
    write_documentation(layout)
    write_croissant(layout, figures)
    write_text(layout.top / "data" / "SHA256SUMS", checksums(layout))


def versions(layout: Layout) -> dict[str, str]:
    """Return the version that each file states, ``none`` where it states none."""
    top = layout.top
    code = re.search(r'^__version__ = "([^"]+)"', (top / "warta" / "__init__.py").read_text(encoding="utf-8"), re.M)
    heading = _HEADING.search((top / "CHANGELOG.md").read_text(encoding="utf-8"))
    return {
        "pyproject.toml": str(
            tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        ),
        "warta/__init__.py": code[1] if code else "none",
        "CITATION.cff": str(cited(layout)["version"]),
        "CHANGELOG.md": heading[1] if heading else "none",
        "data/statistics.json": str(_json(top / "data" / "statistics.json")["version"]),
        "data/croissant.json": str(_json(top / "data" / "croissant.json")["version"]),
    }


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return found


def inconsistencies(layout: Layout) -> list[str]:
    """Return a line for everything that keeps the checkout from being released; all of it, not only the first."""
    stated = versions(layout)
    found = []
    if len(set(stated.values())) > 1:
        found.append(f"versions differ: {', '.join(f'{name} {version}' for name, version in stated.items())}")
    heading = _HEADING.search((layout.top / "CHANGELOG.md").read_text(encoding="utf-8"))
    day = str(cited(layout)["date-released"])
    if heading and heading[2] != day:
        found.append(f"days differ: CHANGELOG.md {heading[2]}, CITATION.cff {day}")
    found += _stale(layout)
    found += _uncommitted(layout.top)
    tag = tag_of(layout)
    if git(layout.top, "tag", "--list", tag) and git(layout.top, "rev-list", "-n1", tag) != git(
        layout.top, "rev-parse", "HEAD"
    ):
        found.append(f"tag {tag} is on another commit; a released version never changes: raise the version")
    return found


def _stale(layout: Layout) -> Iterator[str]:
    """Build in a copy and compare byte by byte."""
    with tempfile.TemporaryDirectory(prefix="warta-") as folder:
        copy = Layout(Path(folder) / "checkout")
        for name in ("data", "schema", "evaluation"):
            shutil.copytree(layout.top / name, copy.top / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("README.md", "DATASHEET.md", "CITATION.cff"):
            shutil.copy(layout.top / name, copy.top / name)
        try:
            make(copy)
        except GoldFaults as faults:
            yield from map(str, faults.findings)
            return
        release = [str(path.relative_to(copy.top)) for path in sorted(copy.release.glob("*.parquet"))]
        for name in (*MADE, *release):
            ours, theirs = layout.top / name, copy.top / name
            if theirs.is_file() and (not ours.is_file() or ours.read_bytes() != theirs.read_bytes()):
                yield f"{name}: not what scripts/build.py makes of the data; run it"


def _uncommitted(top: Path) -> Iterator[str]:
    for line in git(top, "status", "--porcelain").splitlines():
        yield f"{line[3:]}: not committed"


def git(top: Path, *arguments: str) -> str:
    """Return what a git command prints, without the white space at its end.

    :raises subprocess.CalledProcessError: the command failed.
    """
    done = subprocess.run(["git", *arguments], cwd=top, check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


def tag_of(layout: Layout) -> str:
    """Return the name of the tag of this version."""
    return f"v{versions(layout)['pyproject.toml']}"


def notes(layout: Layout) -> str:
    """Return the section of the changelog about the newest version, its heading left out."""
    text = (layout.top / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = re.split(_HEADING, text)
    return parts[3].strip() if len(parts) > 3 else ""


def upload(layout: Layout, repository: str, endpoint: str | None, token: str | None) -> str:
    """Send the release to a dataset repository of the hub as one commit and return the address of that commit."""
    from huggingface_hub import HfApi

    api = HfApi(endpoint=endpoint, token=token)
    api.create_repo(repository, repo_type="dataset", exist_ok=True)
    commit = api.upload_folder(
        repo_id=repository,
        repo_type="dataset",
        folder_path=layout.top,
        allow_patterns=list(SHIPPED),
        commit_message=f"Warta {tag_of(layout)}",
        commit_description=notes(layout),
    )
    return str(commit.commit_url)
