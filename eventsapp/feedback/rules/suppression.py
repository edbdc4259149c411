"""Small numbers: which groups' results are hidden so that nobody is found behind a figure."""

from collections.abc import Mapping


def hidden_groups(sizes: Mapping[str, int], *, smallest: int) -> frozenset[str]:
    """The groups of a partition whose results must be hidden, given how many answered in each.

    Hidden are those of fewer than ``smallest`` answers. The whole is known, so what is hidden
    could be had by subtraction: further groups are hidden, the smallest first, until at least
    two are and together they have ``smallest`` answers. An empty group hides nobody.
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
