"""Quote metrics over paired quotes (:mod:`warta.scoring.pairing`).

- ``quotes.content.exact``, ``.cue.exact``, ``.source.exact``: paired quotes whose spans of that part are equal; a part that is empty on
  a side is no item there ("strict" of Pareti et al. 2013, with content, cue and source apart).
- ``quotes.content.overlap``, ``.cue.overlap``, ``.source.overlap``: characters; right are those common to paired quotes, all other
  characters of that part are missed or spurious, those of unpaired quotes included ("partial" of Pareti et al. 2013, over
  characters instead of tokens).
- ``quotes.whole``: content, cue and source equal, empty equal to empty.
- ``quotes.type``: accuracy over pairs with equal content.
- ``quotes.speaker``: a quote with a speaker; paired, and the predicted speaker stands for gold's
  (:mod:`warta.scoring.standing`).

A quote without partner is missed or spurious in all of them.

Worked by hand: the content is right, the cue is one character short, gold has no source and the system names one.

>>> gold = [QuoteItem(((0, 20),), ((21, 25),), (), "direct", "e1")]
>>> system = [QuoteItem(((0, 20),), ((21, 24),), ((26, 30),), "direct", "s1")]
>>> found = outcomes(gold, system, [(0, 0)], {"s1": "e1"})
>>> found["quotes.content.exact"], found["quotes.whole"], found["quotes.speaker"]
(([], []), ([0], [0]), ([], []))
>>> found["quotes.cue.overlap"], found["quotes.source.exact"]
(({0: 1}, {}), ([], [0]))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warta.scoring.judgement import Group, Judgement, Number, Outcome, Verdict
from warta.scoring.pairing import Pair, pairs, same_speaker, shared_characters
from warta.scoring.view import Part, QuoteItem, View, characters

PARTS = ("content", "cue", "source")
#: What a type is listed as where a quote has none.
UNTYPED = "none"


def judge(gold: View, system: View, judgement: Judgement, stands_for: Mapping[str, str | None]) -> None:
    """Add the groups of quotes and their parts, and the verdict on quote types."""
    ours, theirs = gold.quotes, system.quotes
    found = pairs(ours, theirs, stands_for)
    results = outcomes(ours, theirs, found, stands_for)
    types = [quote.type or UNTYPED for quote in ours]
    system_types = [quote.type or UNTYPED for quote in theirs]
    for support, names in _METRICS.items():
        outcomes_here = {name: results[name] for name in names}
        weights = _weights(support, ours)
        judgement.groups.append(Group(support, ours, theirs, types, system_types, outcomes_here, weights))
    right: list[int] = []
    wrong: list[int] = []
    for i, j in found:
        if ours[i].content == theirs[j].content:
            (right if ours[i].type == theirs[j].type else wrong).append(i)
    judgement.verdicts["quotes.type"] = Verdict("quotes", right, wrong)


_METRICS = {
    "quotes": ("quotes.content.exact", "quotes.whole"),
    "cues": ("quotes.cue.exact",),
    "sources": ("quotes.source.exact",),
    "content characters": ("quotes.content.overlap",),
    "cue characters": ("quotes.cue.overlap",),
    "source characters": ("quotes.source.overlap",),
    "speakers": ("quotes.speaker",),
}


def _weights(support: str, quotes: Sequence[QuoteItem]) -> list[int] | None:
    """Return how much each gold quote counts under a support; ``None`` for one each."""
    if support == "quotes":
        return None
    if support == "speakers":
        return [1 if quote.speaker else 0 for quote in quotes]
    if support in ("cues", "sources"):
        place = 1 if support == "cues" else 2
        return [1 if quote[place] else 0 for quote in quotes]
    place = PARTS.index(support.removesuffix(" characters"))
    return [characters(quote[place]) for quote in quotes]  # type: ignore[arg-type]


Indices = tuple[list[int], list[int]]
Amounts = tuple[dict[int, Number], dict[int, Number]]


def outcomes(
    gold: Sequence[QuoteItem],
    system: Sequence[QuoteItem],
    paired: Sequence[Pair],
    stands_for: Mapping[str, str | None],
) -> dict[str, Outcome]:
    """Return the outcome of each quote metric for two lists of quotes and their pairing."""
    exact: list[Indices] = [([], []), ([], []), ([], [])]
    overlap: list[Amounts] = [({}, {}), ({}, {}), ({}, {})]
    whole: Indices = [], []
    speaker: Indices = [], []
    for i, j in paired:
        one, other = gold[i], system[j]
        if one[:3] != other[:3]:
            whole[0].append(i)
            whole[1].append(j)
            for place in range(3):
                _compare(i, j, one[place], other[place], exact[place], overlap[place])  # type: ignore[arg-type]
        if not same_speaker(one, other, stands_for):
            if one.speaker:
                speaker[0].append(i)
            if other.speaker:
                speaker[1].append(j)
    for side, quotes, used in ((0, gold, {i for i, _ in paired}), (1, system, {j for _, j in paired})):
        for index, quote in enumerate(quotes):
            if index not in used:
                whole[side].append(index)
                if quote.speaker:
                    speaker[side].append(index)
                for place, spans in enumerate(quote[:3]):
                    if spans:
                        exact[place][side].append(index)
                        overlap[place][side][index] = characters(spans)
    found: dict[str, Outcome] = {"quotes.whole": whole, "quotes.speaker": speaker}
    for place, name in enumerate(PARTS):
        found[f"quotes.{name}.exact"], found[f"quotes.{name}.overlap"] = exact[place], overlap[place]
    return found


def _compare(i: int, j: int, one: Part, other: Part, exact: Indices, overlap: Amounts) -> None:
    """Enter what one part of a pair leaves over: the part, and its characters that are not shared."""
    if one == other:
        return
    shared = shared_characters(one, other)
    for side, index, part in ((0, i, one), (1, j, other)):
        if part:
            exact[side].append(index)
            rest = characters(part) - shared
            if rest:
                overlap[side][index] = rest
