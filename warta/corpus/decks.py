"""Drawing that keeps to its quotas: after every few draws the shares of a table are met, not only in the long run."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Mapping, Sequence


class Deck:
    """A weighted table drawn from by smooth round robin with a little chance in the order.

    Every draw adds each item's share to its credit; the item with most credit (plus noise) is drawn and pays one. So the
    counts of a prefix of n draws stay within about one of n times the share, which independent draws do not.
    """

    def __init__(self, weights: Mapping[str, float], rng: random.Random) -> None:
        """Take a table of weights (any positive numbers)."""
        total = sum(weights.values())
        self._share = {key: weight / total for key, weight in weights.items()}
        self._credit = {key: rng.random() * share for key, share in self._share.items()}
        self._rng = rng

    def draw(self, allowed: Collection[str] | None = None) -> str:
        """Return a key of the table, among ``allowed`` where given; ValueError when none of them is in the table."""
        open_keys = [key for key in self._share if allowed is None or key in allowed]
        if not open_keys:
            raise ValueError(f"nothing to draw: {sorted(self._share)} has none of {sorted(allowed or [])}")
        for key, share in self._share.items():
            # Credit is capped so that an item which was shut out for long does not come in a row afterwards.
            self._credit[key] = min(1.6, self._credit[key] + share)
        best = max(open_keys, key=lambda key: self._credit[key] + 0.7 * self._rng.random() * self._share[key] ** 0.5)
        self._credit[best] -= 1
        return best


class Quota:
    """Yes or no with a share of yes that is kept in every short run."""

    def __init__(self, share: float, rng: random.Random) -> None:
        """Take the share of yes."""
        share = min(1.0, max(0.0, share))
        self._deck = Deck({"yes": share, "no": 1 - share}, rng) if 0 < share < 1 else None
        self._always = share >= 1

    def draw(self) -> bool:
        """Return whether this one gets it."""
        return self._always if self._deck is None else self._deck.draw() == "yes"


class Strata:
    """Numbers in [0, 1) of which each run of ``size`` has one in every ``size``-th part."""

    def __init__(self, rng: random.Random, size: int = 8) -> None:
        """Take the number of parts."""
        self._rng = rng
        self._size = size
        self._left: list[int] = []

    def draw(self) -> float:
        """Return the next number."""
        if not self._left:
            self._left = list(range(self._size))
            self._rng.shuffle(self._left)
        return (self._left.pop() + self._rng.random()) / self._size


def at_quantile(table: Mapping[str, Sequence[float]], u: float) -> float:
    """Return the value at quantile ``u`` of a table with ``quantiles`` and ``values``, straight lines between them."""
    points = list(zip(table["quantiles"], table["values"], strict=True))
    for (q0, v0), (q1, v1) in itertools.pairwise(points):
        if u <= q1:
            return v0 + (v1 - v0) * (u - q0) / (q1 - q0)
    return points[-1][1]
