"""The bounds that equations put on a sum of counts: linear programming, and counts are whole.

A small simplex on exact fractions would do the same more slowly; the numbers here are small and
whole, so floats with a tolerance are exact enough, and bounds are rounded to whole numbers.
"""

import math
from collections.abc import Iterable, Sequence

TOLERANCE = 1e-7
Row = list[float]


class Solver:
    """Counts of at least zero that fulfil every equation; built once, asked for many bounds."""

    def __init__(self, equations: Iterable[tuple[frozenset[int], int]], variables: int) -> None:
        self.variables = variables
        self.table: list[Row] = []
        for members, total in dict(equations).items():
            row = [1.0 if at in members else 0.0 for at in range(variables)]
            self.table.append([*row, float(total)])
        self._begin()

    def bounds(self, members: frozenset[int]) -> tuple[int, int]:
        """The least and the most that these counts can come to together."""
        aim = [1.0 if at in members else 0.0 for at in range(self.variables)]
        most = self._maximise(aim)
        least = -self._maximise([-part for part in aim])
        return math.ceil(least - 1e-5), math.floor(most + 1e-5)

    def _begin(self) -> None:
        """Find counts that fulfil the equations: drive one helper an equation down to zero."""
        rows, width = len(self.table), self.variables
        for at, row in enumerate(self.table):
            row[width:width] = [1.0 if at == other else 0.0 for other in range(rows)]
        self.basis = list(range(width, width + rows))
        shortfall = self._maximise([0.0] * width + [-1.0] * rows)
        if shortfall < -1e-5:
            raise AssertionError("what was published contradicts itself")
        for at in range(rows - 1, -1, -1):
            if self.basis[at] >= width and not self._leave(at):
                del self.table[at], self.basis[at]  # it follows from the other equations
        self.table = [[*row[:width], row[-1]] for row in self.table]

    def _leave(self, at: int) -> bool:
        for column in range(self.variables):
            if abs(self.table[at][column]) > TOLERANCE:
                self._pivot(at, column)
                return True
        return False

    def _maximise(self, aim: Sequence[float]) -> float:
        """Bland's rule: the first column that gains, so that it never runs in circles."""
        while True:
            gains = list(aim)
            for row, basic in zip(self.table, self.basis, strict=True):
                weight = aim[basic]
                if weight:
                    for column, value in enumerate(row[:-1]):
                        gains[column] -= weight * value
            entering = next((at for at, gain in enumerate(gains) if gain > TOLERANCE), None)
            if entering is None:
                return sum(
                    aim[basic] * row[-1] for row, basic in zip(self.table, self.basis, strict=True)
                )
            ratios = [
                (row[-1] / row[entering], self.basis[at], at)
                for at, row in enumerate(self.table)
                if row[entering] > TOLERANCE
            ]
            self._pivot(min(ratios)[2], entering)

    def _pivot(self, at: int, column: int) -> None:
        scale = self.table[at][column]
        chosen = self.table[at] = [value / scale for value in self.table[at]]
        for other, row in enumerate(self.table):
            factor = row[column]
            if other != at and factor:
                self.table[other] = [
                    value - factor * mine for value, mine in zip(row, chosen, strict=True)
                ]
        self.basis[at] = column
