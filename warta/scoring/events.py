"""Event metrics: triggers, arguments, realis and polarity.

- ``events.TI``: trigger span; ``events.TC``: trigger span and event type.
- ``events.AI``: event type and argument span; ``events.AC``: the same and the role (ACE; Li, Ji and Huang 2013).
- ``events.AI+``, ``events.AC+``: the same, hung on its trigger: trigger span, event type, argument span (and role), so that an
  argument on the wrong trigger gets no credit (TextEE, Huang et al. 2024, evaluation metrics;
  Peng et al. 2023, "The Devil is in the Details", on pitfalls of the looser ones).
- ``events.realis``, ``events.polarity``: accuracy over the multiset intersection of (trigger span, type) (realis as by
  Liu, Mitamura and Hovy 2015, "Evaluation Algorithms for Event Nugget Detection").

All count by multiset in both directions: an argument said twice is right once and spurious once.

Worked by hand: gold has one attack at 10-18 with an attacker at 0-5; the system has it twice, at 10-18 and, with the
argument, at 30-38.

>>> found = outcomes([(10, 18, "conflict.attack", 0, 5, "attacker")], [(30, 38, "conflict.attack", 0, 5, "attacker")])
>>> {name: len(missed) for name, (missed, _) in found.items()}
{'events.AI': 0, 'events.AC': 0, 'events.AI+': 1, 'events.AC+': 1}
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from warta.scoring.judgement import Group, Judgement, Outcome, Verdict
from warta.scoring.matching import rematched, unmatched
from warta.scoring.view import ArgumentItem, View

_SPAN = itemgetter(0, 1)
_TYPE = itemgetter(2)
_NUGGET = itemgetter(0, 1, 2)
_REALIS = itemgetter(0, 1, 2, 3)
_POLARITY = itemgetter(0, 1, 2, 4)
_TYPE_FILLER = itemgetter(2, 3, 4)
_TYPE_FILLER_ROLE = itemgetter(2, 3, 4, 5)
_TRIGGER_FILLER = itemgetter(0, 1, 2, 3, 4)


def judge(gold: View, system: View, judgement: Judgement) -> None:
    """Add the groups of triggers and of arguments, and the verdicts on realis and polarity."""
    ours, theirs = gold.triggers, system.triggers
    alike = unmatched(ours, theirs)  # in everything; all other keys are looser and need only look at the rest
    same = rematched(ours, theirs, *alike, _NUGGET)
    found: dict[str, Outcome] = {"events.TI": rematched(ours, theirs, *same, _SPAN), "events.TC": same}
    judgement.groups.append(Group("triggers", ours, theirs, [*map(_TYPE, ours)], [*map(_TYPE, theirs)], found))
    for name, key in (("events.realis", _REALIS), ("events.polarity", _POLARITY)):
        differ, _ = rematched(ours, theirs, *alike, key)
        judgement.verdicts[name] = _verdict(len(ours), differ, same[0])
    hung, system_hung = gold.arguments, system.arguments
    types, system_types = [*map(_TYPE, hung)], [*map(_TYPE, system_hung)]
    judgement.groups.append(Group("arguments", hung, system_hung, types, system_types, outcomes(hung, system_hung)))


def _verdict(count: int, differ: Sequence[int], missed: Sequence[int]) -> Verdict:
    """Return the verdict over the triggers that are not missed; wrong are those that differ.

    >>> _verdict(3, [0, 2], [2])
    Verdict(support='triggers', right=[1], wrong=[0])
    """
    if not differ:
        return Verdict("triggers", list(range(count)), [])
    not_right, not_found = set(differ), set(missed)
    return Verdict("triggers", [i for i in range(count) if i not in not_right], sorted(not_right - not_found))


def outcomes(gold: Sequence[ArgumentItem], system: Sequence[ArgumentItem]) -> dict[str, Outcome]:
    """Return the outcome of each argument metric for two sorted lists of arguments."""
    hung = unmatched(gold, system)
    loose = rematched(gold, system, *hung, _TYPE_FILLER_ROLE)
    return {
        "events.AI": rematched(gold, system, *loose, _TYPE_FILLER),
        "events.AC": loose,
        "events.AI+": rematched(gold, system, *hung, _TRIGGER_FILLER),
        "events.AC+": hung,
    }
