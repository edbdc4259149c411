"""Documents as Word files, for partners who must edit them: the same blocks, nothing frozen."""

from eventsapp.documents.word.document import WORD_TYPE, word_file

__all__ = ["WORD_TYPE", "word_file"]
