"""Quote metrics over paired quotes (:mod:`warta.scoring.pairing`).

- ``quotes.content.exact``, ``.cue.exact``, ``.source.exact``: paired quotes whose spans of that part are equal; a part that is empty on
  a side is no item there (Pareti 2015, section 5, "strict", with content, cue and source apart).
- ``quotes.content.overlap``, ``.cue.overlap``, ``.source.overlap``: characters; right are those common to paired quotes, all other
  characters of that part are missed or spurious, those of unpaired quotes included (Pareti 2015, "partial", over
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


def outcomes(
    gold: Sequence[QuoteItem],
    system: Sequence[QuoteItem],
    paired: Sequence[Pair],
    stands_for: Mapping[str, str | None],
) -> dict[str, Outcome]:
    """Return the outcome of each quote metric for two lists of quotes and their pairing."""
    results: dict[str, Outcome] = {}
    whole = paired
    for place, name in enumerate(PARTS):
        parts: list[Part] = [quote[place] for quote in gold]  # type: ignore[misc]
        system_parts: list[Part] = [quote[place] for quote in system]  # type: ignore[misc]
        equal = [pair for pair in paired if parts[pair[0]] == system_parts[pair[1]]]
        results[f"quotes.{name}.exact"] = exact = _others(parts, system_parts, equal)
        results[f"quotes.{name}.overlap"] = _characters(parts, system_parts, exact, paired)
        whole = [pair for pair in whole if pair in equal]
    results["quotes.whole"] = _others(gold, system, whole)
    speakers, system_speakers = [quote.speaker for quote in gold], [quote.speaker for quote in system]
    spoken = [(i, j) for i, j in paired if same_speaker(gold[i], system[j], stands_for)]
    results["quotes.speaker"] = _others(speakers, system_speakers, spoken)
    return results


def _others(
    gold: Sequence[object], system: Sequence[object], right: Sequence[Pair]
) -> tuple[list[int], list[int]]:
    """Return the outcome by which the pairs are right and every other item that is not empty is a fault."""
    ours, theirs = {i for i, _ in right}, {j for _, j in right}
    return (
        [i for i, item in enumerate(gold) if item and i not in ours],
        [j for j, item in enumerate(system) if item and j not in theirs],
    )


def _characters(
    gold: Sequence[Part],
    system: Sequence[Part],
    exact: tuple[list[int], list[int]],
    paired: Sequence[Pair],
) -> Outcome:
    """Return the outcome in characters: of the parts that are not equal, those that a pair does not share."""
    missed: dict[int, Number] = {i: characters(gold[i]) for i in exact[0]}
    spurious: dict[int, Number] = {j: characters(system[j]) for j in exact[1]}
    if missed and spurious:
        for i, j in paired:
            if i in missed and j in spurious:
                shared = shared_characters(gold[i], system[j])
                for faults, index in ((missed, i), (spurious, j)):
                    faults[index] -= shared
                    if not faults[index]:
                        del faults[index]
    return missed, spurious
