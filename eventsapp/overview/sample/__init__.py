"""The story that every demo and end-to-end test tells.

The workshop's facts come from a published news item of 10 February 2022; its own dates, people,
head-counts and answers are invented, and marked as demonstration data wherever shown.
"""

from eventsapp.overview.sample.load import load_sample

__all__ = ["load_sample"]
