"""Records of a card: what an article written for the corpus must be. ``data/articles/writing.md`` explains the fields."""

from __future__ import annotations

import msgspec


class CardRecord(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of all records of a card."""


class Person(CardRecord):
    """Somebody in the article. ``written``: as at first mention, with title and degrees; ``later``: forms after that."""

    id: str
    name: str
    written: str
    later: list[str]
    gender: str
    role: str
    age: int | None = None
    kind: str = ""
    speech: str | None = None
    drift: str | None = None


class Quote(CardRecord):
    """One quote in the order of the text. ``written`` is the reporting clause, word for word."""

    id: str
    type: str
    speaker: str
    cue: str
    source: str
    written: str
    words: int | None = None
    sentences: int | None = None
    place: str | None = None
    echo: str | None = None
    filler: str | None = None
    split: bool = False
    quotable: bool = False
    note: str | None = None


class Line(CardRecord):
    """One line of the file: about how many tokens, and what is in it."""

    line: int
    tokens: int
    has: list[str]


class Outlet(CardRecord):
    """The house style: ``dateline`` opens the first paragraph exactly as given; marks are straight, curly or both."""

    style: str
    name: str
    description: str
    dateline: str
    quote_marks: str


class Dates(CardRecord):
    """Days with their right weekday: ``published`` and ``happened`` in ISO form, the others as they are written."""

    published: str
    spoken: str
    happened: str
    happened_written: str
    other: list[str]


class Length(CardRecord):
    """Counts in the tokens and sentences of :mod:`warta.corpus.measures`, headline included."""

    tokens: int
    least: int
    most: int
    lines: int
    sentences: int
    under_8_at_most: int
    over_35: int


class Wanted(CardRecord):
    """An event that must occur: type of the schema, realis, example triggers."""

    type: str
    triggers: str
    realis: str = "actual"
    polarity: str = "positive"


class Mentions(CardRecord):
    """How many name, role and value mentions at least; ``figures`` are the values to use."""

    at_least: int
    names: int
    roles: int
    values: int
    figures: list[str]


class Flaw(CardRecord):
    """An imperfection to make and to log: kind, what it is, in which line."""

    kind: str
    what: str
    line: int


class Words(CardRecord):
    """Words and turns: linking words to use, bounds of distinct words among the first 140, the one turn allowed."""

    links: list[str]
    distinct_first_140_at_least: int
    distinct_first_140_at_most: int
    turn: str | None = None


class Card(CardRecord):
    """All that one article must be."""

    id: str
    seed: int
    genre: str
    topic: str
    skeleton: str
    how: str
    reference: str
    outlet: Outlet
    date: Dates
    length: Length
    places: dict[str, str]
    orgs: list[str]
    people: list[Person]
    opposing: bool
    headline: str
    opening: str
    ending: str
    ends_on_quote: bool
    quotes: list[Quote]
    lines: list[Line]
    events_at_least: int
    events: list[Wanted]
    mentions: Mentions
    words: Words
    phenomena: list[str]
    boilerplate: list[str]
    imperfections: list[Flaw]
