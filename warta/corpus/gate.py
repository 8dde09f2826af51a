"""The gate: what keeps a written article, or a batch of them, out of the corpus."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from warta.corpus.card import Card
from warta.corpus.cards import names_of
from warta.corpus.measures import FUNCTION_WORDS, WORD, Bound, Measures, measure, words
from warta.corpus.obedience import Finding, check_card

RUN = 8
PHRASE = 4
PHRASE_SHARE = 0.02
OUTSIDE_ALLOWED = 2
LEAST_FOR_MEDIANS = 8


@dataclass(frozen=True)
class Article:
    """A written article with its card and the log of its imperfections (None where there is no file)."""

    id: str
    text: str
    card: Card | None
    log: str | None = None

    @property
    def reference(self) -> str:
        """Return which bounds hold: ``native`` or ``translated``."""
        return self.card.reference if self.card else "native"


def check_format(ident: str, text: str) -> list[Finding]:
    """Return faults of form: Unicode normal form, white space, lines, stray characters."""
    rules = [
        ("format.nfc", unicodedata.normalize("NFC", text) != text, "text is not NFC", "NFC"),
        ("format.end", text != text.strip(), "white space at the start or end", "neither, and no final line break"),
        ("format.blank", "\n\n" in text, "a blank line", "one paragraph a line, none blank"),
        (
            "format.space",
            bool(re.search(r"[ \t]\n|\n[ \t]|  |\t|\r|\u00a0", text)),
            "space at a line's edge, two spaces, tab, carriage return or no-break space",
            "single plain spaces within lines",
        ),
        ("format.markup", bool(re.search(r"\*\*|^#|^[-*] |</?\w+>|`", text, re.MULTILINE)), "markup", "plain text"),
        ("format.marks", bool(re.search(r"[„«»‟]|''|``", text)), "foreign quotation marks", 'only " or “ ”'),
        ("format.headline", text.split("\n")[0].endswith("."), "headline ends with a full stop", "none"),
        (
            "format.lines",
            text.count("\n") < 3,
            f"{text.count(chr(10)) + 1} lines",
            "headline and at least three paragraphs",
        ),
    ]
    faults = [Finding(ident, check, found, allowed) for check, wrong, found, allowed in rules if wrong]
    odd = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn", "Cs"} and c != "\n"}
    if odd:
        faults.append(
            Finding(ident, "format.control", " ".join(f"U+{ord(c):04X}" for c in sorted(odd)), "no control characters")
        )
    return faults


def outside(values: Measures, bounds: Mapping[str, Bound]) -> list[str]:
    """Return the measures outside p5 to p95 of their reference set, each as words with the bounds."""
    found = []
    for name, bound in bounds.items():
        value = values[name]
        if value is not None and not bound.p5 <= value <= bound.p95:
            found.append(f"{name} {value:.3g} not in {bound.p5:.3g}-{bound.p95:.3g} ({bound.reference})")
    return found


def check_article(
    article: Article, bounds: Mapping[str, Mapping[str, Bound]], tables: dict[str, Any]
) -> tuple[list[Finding], list[str]]:
    """Return the findings of one article and notes: measures outside their bounds that are let pass."""
    found = check_format(article.id, article.text)
    beyond = outside(measure(article.text), bounds[article.reference])
    if len(beyond) > OUTSIDE_ALLOWED:
        found.append(Finding(article.id, "measures", "; ".join(beyond), f"at most {OUTSIDE_ALLOWED} outside p5-p95"))
    if article.card is None:
        found.append(Finding(article.id, "card.missing", "no card", f"cards/{article.id}.yaml"))
    else:
        found += check_card(article.card, article.text, article.log, tables)
        found += _uncarded(article, tables)
    return found, [f"{article.id}: note: {line}" for line in beyond] if len(beyond) <= OUTSIDE_ALLOWED else []


def _uncarded(article: Article, tables: dict[str, Any]) -> list[Finding]:
    """Return full names in the text that begin with a name of the registers and are not on the card."""
    assert article.card is not None
    given = {name for row in tables["registers"].values() for name in (*row["m"], *row["f"])} - {"Gabriel", "Indah"}
    known = " | ".join(
        [
            article.card.outlet.name,
            *article.card.orgs,
            *article.card.places.values(),
            *(f"{p.written} {' '.join(p.later)} {p.drift or ''}" for p in article.card.people),
        ]
    ).lower()
    found = set()
    for match in re.finditer(r"(?<![\w])[A-Z][a-z]+(?: [A-Z][a-z]+)+", article.text):
        parts = match.group(0).split()
        for i, part in enumerate(parts[:-1]):
            if part in given and f"{part} {parts[i + 1]}".lower() not in known and i + 1 < len(parts):
                found.add(f"{part} {parts[i + 1]}")
    flawed = {flaw.kind for flaw in article.card.imperfections} & {"swapped_name", "lost_letter", "swapped_letters"}
    return (
        []
        if flawed
        else [
            Finding(article.id, "card.name", f"{name!r} is not on the card", "only people of the card")
            for name in sorted(found)
        ]
    )


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    """Return the runs of ``size`` words of a text, in lower case, not across lines."""
    return {tuple(line[i : i + size]) for line in map(words, text.split("\n")) for i in range(len(line) - size + 1)}


def stripped(article: Article) -> str:
    """Return the text without page furniture and names of the card, which may stand in several articles."""
    text = article.text
    for item in article.card.boilerplate if article.card else []:
        text = text.replace(item.split(": ", 1)[1].split("{")[0].strip(), "")
    return text


def check_foreign(articles: Iterable[Article], texts: Mapping[str, str]) -> list[Finding]:
    """Return runs of eight words that an article has in common with a text of somebody else."""
    known = {run: name for name, text in texts.items() for run in runs(text, RUN)}
    found = []
    for article in articles:
        hits = sorted(run for run in runs(article.text, RUN) if run in known)
        if hits:
            found.append(
                Finding(article.id, "foreign", f"{len(hits)} runs of {RUN} words, in {known[hits[0]]}", "none")
            )
    return found


def check_across(articles: list[Article], formulas: Iterable[str] = ()) -> list[Finding]:
    """Return shared runs, reused names and repeated phrases among articles."""
    found = []
    owners: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in articles:
        for run in runs(stripped(article), RUN):
            owners[run].append(article.id)
    pairs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for run, ids in owners.items():
        if len(ids) > 1:
            pairs[tuple(ids)].append(" ".join(run))
    found += [
        Finding(", ".join(ids), "shared.run", f"{len(rows)} runs of {RUN} words, e.g. {min(rows)!r}", "none")
        for ids, rows in sorted(pairs.items())
    ]
    names = {
        name: article.id
        for article in articles
        if article.card
        for name in names_of(article.card)
        if len(name.split()) > 1
    }
    for article in articles:
        own = names_of(article.card) if article.card else set()
        longer = " | ".join(own)  # a name may be part of another: Agus Purnomo of Agus Purnomo Nugroho
        for name, owner in names.items():
            if owner != article.id and name not in longer and re.search(rf"\b{re.escape(name)}\b", article.text):
                found.append(
                    Finding(article.id, "shared.name", f"{name!r} belongs to {owner}", "names of the own card")
                )
    return found + _phrases(articles, formulas)


def _phrases(articles: list[Article], formulas: Iterable[str]) -> list[Finding]:
    """Return runs of four words in too many articles, unless they are function words, names or newsroom formulas."""
    limit = max(2, int(PHRASE_SHARE * len(articles)))
    free = " | ".join(formulas).lower()
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for article in articles:
        for run in runs(stripped(article), PHRASE):
            owners[run].add(article.id)
    found = []
    for run, ids in sorted(owners.items()):
        content = [word for word in run if word not in FUNCTION_WORDS and not word[0].isdigit()]
        if len(ids) > limit and len(content) >= 2 and " ".join(run) not in free:
            found.append(
                Finding(", ".join(sorted(ids)), "shared.phrase", repr(" ".join(run)), f"in at most {limit} articles")
            )
    return found


def check_medians(articles: list[Article], bounds: Mapping[str, Mapping[str, Bound]]) -> list[Finding]:
    """Return the measures whose median over the batch leaves p25 to p75, for each reference with enough articles."""
    found = []
    for reference, rows in bounds.items():
        values = [measure(article.text) for article in articles if article.reference == reference]
        if len(values) < LEAST_FOR_MEDIANS:
            continue
        for name, bound in rows.items():
            known = [value for row in values if (value := row[name]) is not None]
            median = statistics.median(known) if known else None
            if median is not None and not bound.p25 <= median <= bound.p75:
                allowed = f"{bound.p25:.3g} to {bound.p75:.3g} ({bound.reference})"
                found.append(Finding(f"batch of {len(values)} {reference}", "median", f"{name} {median:.3g}", allowed))
    return found


def first_words(text: str, count: int) -> list[str]:
    """Return the first words of a text as they are written."""
    return WORD.findall(text)[:count]
