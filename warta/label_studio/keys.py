"""Hotkeys of the labelling configurations: all explicit, none of Label Studio's own, no key twice in a layer.

Label Studio gives every label without a hotkey one of its own choice and reports no duplicates, so each is
written down here; labels a later schema adds take the next free key.
"""

from __future__ import annotations

from collections.abc import Iterable

RESERVED = frozenset({
    "u", "escape", "enter", "backspace", "delete", "tab", "alt+r", "alt+m", "alt+h", "alt+l", "alt+.", "alt+a", "alt+d",
    "ctrl+enter", "ctrl+space", "ctrl+z", "ctrl+shift+z", "ctrl+d", "ctrl+h", "ctrl+b", "ctrl+p", "ctrl+backspace",
    "shift+up", "shift+down", "shift+left", "shift+right", "shift+.",
})  # fmt: skip
ENTITY_KEYS = {
    "PER": "p", "ORG": "o", "GPE": "g", "LOC": "l", "FAC": "f", "NOR": "n", "EVT": "e", "LAW": "h", "PRD": "d",
    "WOA": "w", "LAN": "b", "ROL": "r", "DAT": "t", "TIM": "j", "MON": "m", "PRC": "s", "QTY": "q", "CRD": "c",
    "ORD": "k",
}  # fmt: skip
TYPE_KEYS = {
    "PER": "shift+p", "ORG": "shift+o", "GPE": "shift+g", "LOC": "shift+l", "FAC": "shift+k", "NOR": "shift+n",
    "EVT": "shift+e", "LAW": "shift+h", "PRD": "shift+d", "WOA": "shift+w", "LAN": "shift+b", "ROL": "shift+r",
    "THG": "shift+t",
}  # fmt: skip
QUOTE_KEYS = {"CONTENT": "q", "PART": "w", "CUE": "e"}
FORM_KEYS = {"NOMINAL": "9", "PRONOUN": "0"}
CHOICE_KEYS = {
    "filter": "shift+f", "context": "shift+0", "direct": "1", "indirect": "2", "mixed": "3",
    "actual": "1", "future": "2", "hypothetical": "3", "generic": "4", "positive": "5", "negative": "6",
}  # fmt: skip
EVENT_KEYS = {
    "conflict.attack": "a", "conflict.demonstrate": "d", "life.die": "m", "life.injure": "l", "movement.travel": "t",
    "contact.meet": "p", "contact.request": "r", "government.decide": "k", "government.order": "o",
    "personnel.appoint": "j", "justice.crime": "c", "justice.investigate": "i", "justice.arrest": "g",
    "justice.trial": "s", "justice.sentence": "v", "economy.change": "e", "economy.trade": "b", "economy.fund": "f",
    "economy.launch": "n", "build.construct": "q", "disaster.hazard": "h", "disaster.accident": "x",
    "aid.provide": "y", "contest.match": "z", "contest.win": "w",
}  # fmt: skip
# For labels without a key of their own: two-key combinations that neither browsers nor Label Studio take.
SPARE = [f"alt+shift+{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"]


def with_hotkeys(codes: Iterable[str], keys: dict[str, str]) -> dict[str, str]:
    """Return ``{code: hotkey}`` for the codes in their order, spare keys for those that ``keys`` lacks."""
    spare = iter(SPARE)
    return {code: keys[code] if code in keys else next(spare) for code in codes}
