"""Claims: who says what happened.

A claim is an event whose trigger lies wholly inside a content span of at least one quote of its own file, with its *chain*: the
speakers of those quotes by number of content characters, largest first (ties: cue start; a quote without cue comes last
among them). A claim is right, one to one, when trigger span and type are the same, the chains are of the same length, and at each
place both speakers are null or the predicted one stands for gold's (:mod:`warta.scoring.standing`). Claims are computed on each
side from its own quotes, never annotated. (Definition of this corpus.)

Worked by hand: an event at 5-9 lies in a quote at 0-10 by A, which lies in a quote at 0-40 by B. Its chain is B, A.

>>> quotes = [QuoteItem(((0, 10),), (), (), "direct", "A"), QuoteItem(((0, 40),), (), (), "indirect", "B")]
>>> chains([(5, 9, "life.die", "actual", ""), (50, 54, "life.die", "actual", "")], quotes, {})
{(5, 9): ('B', 'A')}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from warta.scoring.judgement import Group, Judgement
from warta.scoring.matching import unmatched
from warta.scoring.view import EntitySpans, Part, QuoteItem, SpanKey, TriggerItem, View, characters

#: The speakers around a trigger, widest quote first; a null speaker is the empty string.
Chain = tuple[str, ...]


def judge(gold: View, system: View, judgement: Judgement, stands_for: Mapping[str, str | None]) -> None:
    """Add the group of claims."""
    ours = chains(gold.triggers, gold.quotes, gold.entity_spans)
    theirs = chains(system.triggers, system.quotes, system.entity_spans)
    claims = [trigger[:3] for trigger in gold.triggers if trigger[:2] in ours]
    system_claims = [trigger[:3] for trigger in system.triggers if trigger[:2] in theirs]
    agreed = {span for span, chain in theirs.items() if span in ours and agree(ours[span], chain, stands_for)}
    # a claim whose chain is wrong is equal to none: no type is null
    outcome = unmatched(claims, [c if c[:2] in agreed else (*c[:2], None) for c in system_claims])
    types, system_types = [claim[2] for claim in claims], [claim[2] for claim in system_claims]
    judgement.groups.append(Group("claims", claims, system_claims, types, system_types, {"claims": outcome}))


def agree(gold: Chain, system: Chain, stands_for: Mapping[str, str | None]) -> bool:
    """Tell whether two chains have the same length and the same speakers at each place.

    >>> agree(("B", ""), ("y", ""), {"y": "B"}), agree(("B",), ("",), {"y": "B"})
    (True, False)
    """
    return gold == tuple([stands_for.get(speaker) if speaker else "" for speaker in system])


def chains(
    triggers: Sequence[TriggerItem], quotes: Sequence[QuoteItem], entity_spans: Mapping[str, EntitySpans]
) -> dict[SpanKey, Chain]:
    """Return ``{trigger span: chain}`` for every trigger inside a content span; ``entity_spans`` only breaks ties.

    Both lists are sorted, so one sweep meets each trigger with the quotes that have begun and not ended.
    """
    found: dict[SpanKey, Chain] = {}
    waiting = [*reversed(quotes)]
    begun: list[QuoteItem] = []
    for start, end, _, _, _ in triggers:
        while waiting and waiting[-1].content[0][0] <= start:
            begun.append(waiting.pop())
        if not begun:
            continue
        begun = [quote for quote in begun if quote.content[-1][1] > start]
        around = [quote for quote in begun if _inside(start, end, quote.content)]
        if len(around) > 1:
            around = _widest_first(around, entity_spans)
        if around:
            found[start, end] = tuple([quote.speaker for quote in around])
    return found


def _inside(start: int, end: int, content: Part) -> bool:
    if len(content) == 1:
        return content[0][0] <= start and end <= content[0][1]
    return any(first <= start and end <= last for first, last in content)


def _widest_first(quotes: Sequence[QuoteItem], entity_spans: Mapping[str, EntitySpans]) -> list[QuoteItem]:
    """Sort by content characters and cue start; what is left equal, by all parts and the speaker's mentions."""

    def rank(quote: QuoteItem) -> tuple[object, ...]:
        return (-characters(quote.content), quote.cue[0][0] if quote.cue else inf, quote[:4])

    ranked = sorted(quotes, key=rank)
    if len({quote[:4] for quote in quotes}) < len(quotes):

        def spans(quote: QuoteItem) -> list[SpanKey]:
            return sorted(entity_spans[quote.speaker][0]) if quote.speaker in entity_spans else []

        ranked.sort(key=lambda quote: (*rank(quote), spans(quote)))
    return ranked
