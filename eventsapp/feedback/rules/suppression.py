"""Small numbers: which results are hidden so that nobody is found behind a figure.

A *grouping* parts the people who answered, by one question or by their language; a group's
result is what its people answered to another question. Hidden are groups that are too small, and
further ones until what is hidden cannot be told apart. Why nothing that is shown recovers what is
hidden, whatever it is combined with:

1. A grouping hides the **same groups in every question's result** (``hidden_groups``), and two
   groupings are set against each other only where neither hides any. So everything that is shown
   depends on hidden groups only through their union and their sizes, and would be the same had
   people within the union changed groups, which therefore no reader can exclude.
2. What is known of the union is a result of enough people, and not so one-sided that changing
   groups would change nothing; otherwise the two questions are not set against each other at all
   (``is_safe``).

Results of everybody, small counts within them included, rest on enough people and are shown.
What follows from those alone (all said yes, so the small group did) is no group's result.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """``n`` people of a group answered a question; ``counts`` says how many gave each answer."""

    n: int
    counts: Mapping[str, int]


def hidden_groups(sizes: Mapping[str, int], *, smallest: int) -> frozenset[str]:
    """The groups of a partition whose results must be hidden, given how many are in each.

    Hidden are those of fewer than ``smallest`` people. The whole is known, so what is hidden
    could be had by subtraction: further groups are hidden, the smallest first, until at least
    two are and together they have ``smallest`` people. An empty group hides nobody.
    """
    filled = sorted((size, key) for key, size in sizes.items() if size)
    hidden = [key for size, key in filled if size < smallest]
    if not hidden:
        return frozenset()
    total = sum(sizes[key] for key in hidden)
    for size, key in filled[len(hidden) :]:
        if len(hidden) >= 2 and total >= smallest:
            break
        hidden.append(key)
        total += size
    return frozenset(hidden)


def hidden_results(
    within: Mapping[str, GroupCounts],
    sizes: Mapping[str, int],
    own_sizes: Mapping[str, int] | None = None,
    *,
    smallest: int,
) -> frozenset[str]:
    """The groups in which one question's result must be hidden: some, all or none.

    ``sizes`` are those of the grouping. Where the question is a grouping itself, ``own_sizes``
    are the sizes of its own groups.
    """
    hidden = hidden_groups(sizes, smallest=smallest)
    safe = is_safe(within, hidden, smallest=smallest)
    if own_sizes is not None:
        hides_none = not hidden and not hidden_groups(own_sizes, smallest=smallest)
        turned = _turned(within, own_sizes)
        safe = safe and hides_none and is_safe(turned, hidden, smallest=smallest)
    return hidden if safe else frozenset(within)


def _turned(
    within: Mapping[str, GroupCounts], own_sizes: Mapping[str, int]
) -> dict[str, GroupCounts]:
    """The other way round: the grouping's answers within the question's own groups.

    Who did not answer the grouping's question is in its group of the empty key.
    """
    said = {key: group for key, group in within.items() if key}
    turned = {}
    for answer in own_sizes:
        if answer:
            counts = {key: group.counts.get(answer, 0) for key, group in said.items()}
            turned[answer] = GroupCounts(sum(counts.values()), counts)
    return turned


def is_safe(groups: Mapping[str, GroupCounts], hidden: frozenset[str], *, smallest: int) -> bool:
    """Whether a question's results in the groups that are not ``hidden`` may be shown."""
    shown = [group.n for key, group in groups.items() if key not in hidden]
    if not any(shown) or any(0 < n < smallest for n in shown):
        return False
    if not hidden:
        return True
    union = _sum(group for key, group in groups.items() if key in hidden)
    return union.n >= smallest and _says_nothing_of_each(union, _sum(groups.values()))


def _says_nothing_of_each(union: GroupCounts, everybody: GroupCounts) -> bool:
    """An answer that nobody in the union gave, or all did, nobody or all gave in each group.

    Unless the same holds of everybody, which is known anyhow.
    """
    return all(
        0 < union.counts.get(answer, 0) < union.n
        for answer, count in everybody.counts.items()
        if 0 < count < everybody.n
    )


def _sum(groups: Iterable[GroupCounts]) -> GroupCounts:
    total: Counter[str] = Counter()
    n = 0
    for group in groups:
        n += group.n
        total.update(group.counts)
    return GroupCounts(n, total)


def may_follow(earlier: int, later: int, *, smallest: int) -> bool:
    """Whether a result of ``later`` people may be shown to those who know that of ``earlier``.

    The difference is a result as well, of those who were added.
    """
    return later == earlier or later - earlier >= smallest
