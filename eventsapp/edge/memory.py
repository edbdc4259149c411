"""What a process that has started keeps for good."""

import gc


def spare_the_collector() -> None:
    """Call it once all is loaded: modules and tables are never garbage, and a full collection
    that walks them all costs a request tens of milliseconds."""
    gc.collect()
    gc.freeze()
