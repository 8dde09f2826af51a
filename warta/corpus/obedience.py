"""Whether an article does what its card says: each check returns findings, one short line each."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from typing import Any

from warta.corpus.card import Card, Quote
from warta.corpus.measures import FIRST_WORDS, WORD, quotes, sentences, tokens, words


@dataclass(frozen=True)
class Finding:
    """One fault: the article, the check, what was found and what is allowed."""

    article: str
    check: str
    found: str
    allowed: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.article}: {self.check}: {self.found}; allowed: {self.allowed}"


def check_card(card: Card, text: str, log: str | None, tables: dict[str, Any]) -> list[Finding]:
    """Return where ``text`` and the imperfection ``log`` (None: no file) depart from the card."""
    parts = [
        _length(card, text),
        _opening(card, text),
        _people(card, text),
        _clauses(card, text),
        _marks(card, text),
        _vocabulary(card, text, tables),
        _values(card, text),
        _boilerplate(card, text, tables),
        _log(card, text, log),
    ]
    return [Finding(card.id, check, found, allowed) for part in parts for check, found, allowed in part]


Fault = tuple[str, str, str]


def own_lines(card: Card) -> int:
    """Return how many lines of page furniture the card puts on lines of their own."""
    return sum(not item.startswith("at the end of") for item in card.boilerplate)


def _length(card: Card, text: str) -> list[Fault]:
    faults = []
    count, lines = len(tokens(text)), text.count("\n") + 1
    if not card.length.least <= count <= card.length.most:
        faults.append(("card.tokens", f"{count} tokens", f"{card.length.least} to {card.length.most}"))
    wanted = card.length.lines + own_lines(card)
    if abs(lines - wanted) > 1:
        faults.append(("card.lines", f"{lines} lines", f"{wanted}, one more or less"))
    lengths = [len(tokens(sentence)) for sentence in sentences(text)]
    short = sum(n < 8 for n in lengths)
    if short > card.length.under_8_at_most + 1:
        faults.append(
            ("card.short_sentences", f"{short} sentences under 8 tokens", f"at most {card.length.under_8_at_most}")
        )
    long = sum(n > 35 for n in lengths)
    if abs(long - card.length.over_35) > 2:
        faults.append(
            ("card.long_sentences", f"{long} sentences over 35 tokens", f"{card.length.over_35}, two more or less")
        )
    return faults


def _opening(card: Card, text: str) -> list[Fault]:
    second = text.split("\n")[1] if "\n" in text else ""
    if card.outlet.dateline and not second.startswith(card.outlet.dateline):
        return [("card.dateline", f"line 2 begins {second[:30]!r}", repr(card.outlet.dateline))]
    return []


def _people(card: Card, text: str) -> list[Fault]:
    return [
        ("card.person", f"{person.id} {person.name!r} is not in the text", "everybody on the card")
        for person in card.people
        if not re.search(rf"\b{re.escape(person.name)}\b", text)
    ]


def _find(written: str, text: str, start: int) -> int:
    return text.lower().find(written.lower().rstrip(","), start)


def _clauses(card: Card, text: str) -> list[Fault]:
    """Check that the reporting clauses stand in order and the quotes before them have about the drawn length."""
    faults, at = [], 0
    for quote in card.quotes:
        spot = _find(quote.written, text, at)
        if spot < 0:
            order = "stands before the one above" if _find(quote.written, text, 0) >= 0 else "is not in the text"
            faults.append(("card.clause", f"{quote.id} `{quote.written}` {order}", "clauses word for word, in order"))
            continue
        at = spot + 1
        if quote.type == "direct":
            faults += _direct(card, quote, text, spot)
    spoken = len(quotes(text))
    direct = [q for q in card.quotes if q.type == "direct"]
    most = len(direct) + sum(q.split for q in direct) + sum(q.type == "mixed" for q in card.quotes) + 1
    least = max(0, len(direct) - 1)
    if not least <= spoken <= most:
        faults.append(("card.quotes", f"{spoken} quotes of four words and more", f"{least} to {most}"))
    # One clause may be touched by an imperfection that was asked for.
    return faults[1:] if card.imperfections and len(faults) == 1 and faults[0][0] == "card.clause" else faults


def _direct(card: Card, quote: Quote, text: str, spot: int) -> list[Fault]:
    if quote.place == "before the quote":
        return []
    before = text[:spot].rstrip(" ,")
    loose = {flaw.kind for flaw in card.imperfections} & {"unclosed_quote", "comma_outside", "missing_space"}
    if before[-1:] not in '"”' and not loose:
        return [
            ("card.clause", f"{quote.id} `{quote.written}` does not follow a closing mark", "quote first, then clause")
        ]
    inside = [q for q in quotes(text) if q.end() == len(before)]
    if not inside or quote.split or quote.words is None:
        return []
    count = len(WORD.findall(inside[0].group(1)))
    margin = max(4, round(0.35 * quote.words))
    if abs(count - quote.words) > margin:
        return [("card.quote_words", f"{quote.id} has {count} words", f"{quote.words}, {margin} more or less")]
    return []


def _marks(card: Card, text: str) -> list[Fault]:
    straight, curly = '"' in text, bool(set("“”") & set(text))
    wrong = {"straight": curly, "curly": straight, "both": False}[card.outlet.quote_marks]
    return [("card.marks", "the other kind of quotation marks", card.outlet.quote_marks)] if wrong else []


def _vocabulary(card: Card, text: str, tables: dict[str, Any]) -> list[Fault]:
    plain = words(text)
    faults = []
    for word, count in Counter(card.words.links).items():
        if plain.count(word) < count:
            faults.append(("card.links", f"{word!r} {plain.count(word)} times", f"at least {count}"))
    distinct = len(set(plain[:FIRST_WORDS]))
    # Three words either way do not tell an article from its neighbours.
    least, most = card.words.distinct_first_140_at_least - 3, card.words.distinct_first_140_at_most + 3
    if len(plain) >= FIRST_WORDS and not least <= distinct <= most:
        faults.append(
            ("card.distinct", f"{distinct} different words among the first {FIRST_WORDS}", f"{least} to {most}")
        )
    for turn in tables["turns"]:
        pattern = re.escape(turn).replace(r"\ \.\.\.\ ", r"\b[^.\n]{0,60}\b")
        if turn != card.words.turn and re.search(rf"\b{pattern}\b", text, re.IGNORECASE):
            faults.append(("card.turn", f"{turn!r}", card.words.turn or "none of the turns"))
    faults += [("banned", f"{p!r}", "no banned phrase") for p in tables["banned_phrases"] if p.lower() in text.lower()]
    return faults


def _values(card: Card, text: str) -> list[Fault]:
    faults = []
    numbers = [figure.split(": ", 1)[1] for figure in card.mentions.figures]
    cores = [re.sub(r"^(pukul|Rp) | (WIB|WITA|WIT|waktu setempat)$", "", n) for n in numbers]
    used = sum(_number(core) in text for core in cores)
    if used < 0.75 * len(cores) - 1e-9 and len(cores) - used > 1:
        faults.append(("card.figures", f"{used} of {len(cores)} figures used", "three quarters of them"))
    flawed = any(flaw.kind == "wrong_weekday" for flaw in card.imperfections)
    for name, day in (("spoken", card.date.spoken), ("happened", card.date.happened_written)):
        if day not in text and not flawed and name == "spoken":
            faults.append(("card.date", f"{day!r} ({name}) is not in the text", "the day as written on the card"))
    return faults


def _number(core: str) -> str:
    """Return the part of a figure that must stand in the text: its number, or the word of an ordinal."""
    match = re.match(r"[\d.,]+", core)
    return match.group(0).rstrip(".,") if match else core


def _boilerplate(card: Card, text: str, tables: dict[str, Any]) -> list[Fault]:
    wanted = [item.split(": ", 1)[1].split("{")[0].strip() for item in card.boilerplate]
    faults = [("card.boilerplate", f"{piece!r} is missing", "as on the card") for piece in wanted if piece not in text]
    every = {t.split("{")[0].strip() for row in tables["boilerplate"].values() for t in row["texts"]}
    faults += [
        ("card.boilerplate", f"{piece!r}", "only what the card has")
        for piece in sorted(every - set(wanted))
        if len(piece) > 6 and piece in text and not any(piece in w for w in wanted)
    ]
    return faults


def _log(card: Card, text: str, log: str | None) -> list[Fault]:
    if log is None:
        return [("log.missing", "no file of imperfections", f"imperfections/{card.id}.txt, empty when there are none")]
    rows = [line.split("\t", 1) for line in log.splitlines() if line.strip()]
    kinds = Counter(row[0] for row in rows)
    wanted = Counter(flaw.kind for flaw in card.imperfections)
    faults = []
    if kinds != wanted:
        faults.append(("log.kinds", f"{sorted(kinds.elements())}", f"{sorted(wanted.elements())}"))
    for row in rows:
        if len(row) != 2 or row[1].strip() not in text:
            faults.append(("log.where", f"{row[-1][:40]!r}", "kind, a tab, words that stand in the text"))
    return faults


def median_quote_words(card: Card) -> float | None:
    """Return the median length of the card's direct quotes in words."""
    lengths = [quote.words for quote in card.quotes if quote.type == "direct" and quote.words]
    return statistics.median(lengths) if lengths else None
