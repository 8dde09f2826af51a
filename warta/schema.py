"""The schema: what may be annotated, read from the YAML files of ``schema/``."""

from __future__ import annotations

import functools
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from warta.document import VALUE_TYPES


class Definition(msgspec.Struct, frozen=True):
    """One sentence in English and in Indonesian."""

    en: str
    id: str


class CounterExample(msgspec.Struct, frozen=True):
    """A text in which the «marked» words are not an instance of the label, and why."""

    text: str
    why: str


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label with its definition and examples; examples mark the span with guillemets."""

    code: str
    definition: Definition
    examples: list[str] = []
    counter_examples: list[CounterExample] = []
    kind: str = ""


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role of an event type: the mention types and event types (``*`` for any) that may fill it."""

    definition: Definition
    fillers: list[str] = []
    events: list[str] = []


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event type with the roles of its own (``place`` and ``time`` are common to all) and typical triggers."""

    code: str
    definition: Definition
    roles: dict[str, Role]
    triggers: list[str]
    examples: list[str] = []
    counter_examples: list[CounterExample] = []


class MultiwordTrigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the few expressions that are a trigger of several words."""

    text: str
    type: str


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reporting word of the closed list and its class."""

    form: str
    cls: str = msgspec.field(name="class")


class NotCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that looks like a cue and is none."""

    form: str
    why: str


class Crosswalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labels of another scheme: ``to`` maps ours to theirs, ``from`` theirs to ours, null where nothing fits."""

    description: str
    source: str
    to: dict[str, str | None]
    from_: dict[str, str | None] = msgspec.field(name="from")


class EntityFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Form of ``schema/entities.yaml``."""

    version: str
    forms: list[Label]
    types: list[Label]


class EventFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Form of ``schema/events.yaml``."""

    version: str
    realis: list[Label]
    polarity: list[Label]
    light_verbs: list[str]
    multiword_triggers: list[MultiwordTrigger]
    common_roles: dict[str, Role]
    types: list[EventType]


class QuoteFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Form of ``schema/quotes.yaml``."""

    version: str
    parts: list[Label]
    types: list[Label]
    cues: list[Cue]
    not_cues: list[NotCue]


class CrosswalkFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Form of ``schema/crosswalks.yaml``."""

    version: str
    crosswalks: dict[str, Crosswalk]


class Labels(msgspec.Struct, frozen=True):
    """The three label files in one, as ``schema/labels.json`` has them; ``source`` is the SHA-256 of the YAML files.

    It is generated, so that no command has to read YAML before it starts, and used only where it was made of the very
    files beside it.
    """

    source: str
    entities: EntityFile
    events: EventFile
    quotes: QuoteFile


#: The generated file of :class:`Labels`, and the files it is made of.
LABELS = "labels.json"
LABEL_FILES = ("entities.yaml", "events.yaml", "quotes.yaml")


class SchemaFault(Exception):
    """A schema file that is missing or not of its form; the message names file and place."""


class Schema:
    """All label sets of the corpus, with the look-ups that validation and scoring need."""

    def __init__(self, entities: EntityFile, events: EventFile, quotes: QuoteFile) -> None:
        """Build the look-ups from the three label files."""
        self.entities, self.events, self.quotes = entities, events, quotes
        self.version = entities.version
        self.mention_types = {label.code: label for label in entities.types}
        self.forms = frozenset(label.code for label in entities.forms)
        self.value_types = frozenset(label.code for label in entities.types if label.kind == "value")
        self.entity_types = frozenset(self.mention_types) - self.value_types
        self.event_types = {event.code: event for event in events.types}
        self.realis = frozenset(label.code for label in events.realis)
        self.polarity = frozenset(label.code for label in events.polarity)
        self.quote_types = frozenset(label.code for label in quotes.types)
        self.cues = frozenset(cue.form for cue in quotes.cues)
        self.multiword_triggers = frozenset(trigger.text for trigger in events.multiword_triggers)
        self.roles = {code: {**events.common_roles, **event.roles} for code, event in self.event_types.items()}
        self.role_names = frozenset(role for roles in self.roles.values() for role in roles)
        if self.value_types != VALUE_TYPES:
            raise SchemaFault(
                f"entities.yaml: value types {sorted(self.value_types)}, the records know {sorted(VALUE_TYPES)}"
            )

    def allows(self, event_type: str, role: str, filler: str, *, event: bool) -> bool:
        """Say whether a mention (or, with ``event``, an event) of type ``filler`` may fill a role."""
        rule = self.roles.get(event_type, {}).get(role)
        if rule is None:
            return False
        return ("*" in rule.events or filler in rule.events) if event else filler in rule.fillers


def schema_folder() -> Path:
    """Return the folder of the schema files: inside the installed package, or of the checkout."""
    packaged = Path(__file__).parent / "_schema"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "schema"


def read_yaml(path: Path, form: type[Any]) -> Any:
    """Read a YAML file into a record; raise :class:`SchemaFault` naming the file when it does not fit."""
    import yaml  # here, because it takes as long as all the rest when labels.json is in place

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return msgspec.convert(yaml.load(path.read_bytes(), Loader=loader), form)
    except OSError as error:
        raise SchemaFault(f"{path}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaFault(f"{path}: {' '.join(str(error).split())}") from error


def read_labels(folder: Path) -> Labels:
    """Read the three label files of a folder."""
    entities, events, quotes = (folder / name for name in LABEL_FILES)
    return Labels(
        _source(folder), read_yaml(entities, EntityFile), read_yaml(events, EventFile), read_yaml(quotes, QuoteFile)
    )


def _source(folder: Path) -> str:
    total = sha256()
    for name in LABEL_FILES:
        path = folder / name
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def _generated(folder: Path) -> Labels | None:
    """Return the labels of the generated file, or ``None`` where there is none or it was made of other files."""
    try:
        labels = msgspec.json.decode((folder / LABELS).read_bytes(), type=Labels)
    except (OSError, msgspec.MsgspecError):
        return None
    return labels if labels.source == _source(folder) else None


@functools.cache
def load_schema(folder: Path | None = None) -> Schema:
    """Return the schema of a folder (that of the package when none is given)."""
    where = folder or schema_folder()
    labels = _generated(where) or read_labels(where)
    return Schema(labels.entities, labels.events, labels.quotes)


@functools.cache
def load_crosswalks(folder: Path | None = None) -> dict[str, Crosswalk]:
    """Return the mappings to other label sets by name."""
    file: CrosswalkFile = read_yaml((folder or schema_folder()) / "crosswalks.yaml", CrosswalkFile)
    return file.crosswalks
