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

from collections.abc import Callable, Hashable, Sequence
from operator import itemgetter
from typing import Any

from warta.scoring.judgement import Group, Judgement, Outcome, Verdict
from warta.scoring.matching import rematched, unmatched
from warta.scoring.view import ArgumentItem, TriggerItem, View

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
    types, system_types = [*map(_TYPE, ours)], [*map(_TYPE, theirs)]
    nuggets, system_nuggets = [*map(_NUGGET, ours)], [*map(_NUGGET, theirs)]
    missed, spurious = unmatched(nuggets, system_nuggets)
    found: dict[str, Outcome] = {
        "events.TI": rematched(ours, theirs, missed, spurious, _SPAN),
        "events.TC": (missed, spurious),
    }
    judgement.groups.append(Group("triggers", ours, theirs, types, system_types, found))
    judgement.verdicts["events.realis"] = attribute(ours, theirs, _REALIS)
    judgement.verdicts["events.polarity"] = attribute(ours, theirs, _POLARITY)
    hung, system_hung = gold.arguments, system.arguments
    judgement.groups.append(
        Group(
            "arguments", hung, system_hung, [*map(_TYPE, hung)], [*map(_TYPE, system_hung)], outcomes(hung, system_hung)
        )
    )


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


def attribute(gold: Sequence[TriggerItem], system: Sequence[TriggerItem], key: Callable[[Any], Hashable]) -> Verdict:
    """Return the verdict on one attribute of the triggers that both sides have with the same type.

    >>> attribute([(0, 4, "life.die", "actual", "")], [(0, 4, "life.die", "future", "")], _REALIS)
    Verdict(support='triggers', right=[], wrong=[0])
    """
    missed, spurious = unmatched([*map(key, gold)], [*map(key, system)])
    if not missed:
        return Verdict("triggers", list(range(len(gold))), [])
    other, _ = rematched(gold, system, missed, spurious, _NUGGET)
    not_right, not_found = set(missed), set(other)
    return Verdict("triggers", [i for i in range(len(gold)) if i not in not_right], sorted(not_right - not_found))
