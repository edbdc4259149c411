"""Small numbers: which results are hidden so that nobody is found behind a figure.

A *grouping* parts the people who answered, by one question or by their language; a group's
result is what its people answered to another question. Hidden are groups that are too small, and
further ones until what is hidden cannot be told apart. Why nothing that is shown recovers what is
hidden, whatever it is combined with:

1. A grouping hides the **same groups in every question's result** (``hidden_groups``), and two
   groupings are set against each other only where neither hides anything in any question. So
   everything that is shown depends on hidden groups only through their union and their sizes,
   and would be the same had people within the union changed groups, which no reader can exclude.
2. What is known of the union is a result of enough people, and not so one-sided that changing
   groups would change nothing (``is_safe``); nor is it who answered at all, where that tells the
   answer (``keeps_who_answered``). Otherwise the two questions are not set against each other.

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


@dataclass(frozen=True, slots=True)
class Tables:
    """Every question's result in every group of every grouping: what could be shown of a form.

    ``sizes`` has the people of each group, by grouping; ``within`` how its people answered, by
    grouping, question and group. A question that is a grouping itself is in ``sizes`` too.
    """

    sizes: Mapping[str, Mapping[str, int]]
    within: Mapping[str, Mapping[str, Mapping[str, GroupCounts]]]

    def hidden(self, question: str, by: str, *, smallest: int) -> frozenset[str]:
        """The groups in which the question's result must be hidden: some, all or none."""
        groups = self.within[by][question]
        if question not in self.sizes:
            return self._hidden(question, by, smallest)
        hide_nothing = all(self._hides_nothing(one, smallest) for one in (by, question))
        is_shown = hide_nothing and _are_safe_both_ways(groups, smallest=smallest)
        return frozenset() if is_shown else frozenset(groups)

    def _hidden(self, question: str, by: str, smallest: int) -> frozenset[str]:
        groups, sizes = self.within[by][question], self.sizes[by]
        hidden = hidden_groups(sizes, smallest=smallest)
        is_shown = is_safe(groups, hidden, smallest=smallest) and keeps_who_answered(
            groups, hidden, sizes
        )
        return hidden if is_shown else frozenset(groups)

    def _hides_nothing(self, by: str, smallest: int) -> bool:
        return not hidden_groups(self.sizes[by], smallest=smallest) and not any(
            self._hidden(question, by, smallest)
            for question, groups in self.within[by].items()
            if question not in self.sizes
            # What few answered is shown nowhere, so it says nothing here.
            and _sum(groups.values()).n >= smallest
        )


def _are_safe_both_ways(groups: Mapping[str, GroupCounts], *, smallest: int) -> bool:
    """Two groupings' table, and the same table turned.

    Who did not say which group they belong to are in the group of the empty key.
    """
    said = [(key, group) for key, group in groups.items() if key]
    answers = {answer for _key, group in said for answer in group.counts}
    turned = {}
    for answer in answers:
        counts = {key: group.counts.get(answer, 0) for key, group in said}
        turned[answer] = GroupCounts(sum(counts.values()), counts)
    return all(is_safe(one, frozenset(), smallest=smallest) for one in (groups, turned))


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


def keeps_who_answered(
    groups: Mapping[str, GroupCounts], hidden: frozenset[str], sizes: Mapping[str, int]
) -> bool:
    """Whether what is shown leaves open who of the ``hidden`` groups answered the question.

    It must, where all who answered gave one answer: then having answered is having given it.
    """
    everybody = _sum(groups.values())
    union = _sum(group for key, group in groups.items() if key in hidden)
    is_told_by_all = everybody.n == sum(sizes.values())
    is_told_by_the_hidden = union.n == sum(sizes[key] for key in hidden)
    is_of_one_mind = everybody.n in everybody.counts.values()
    return not (hidden and is_of_one_mind and is_told_by_the_hidden and not is_told_by_all)


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
