"""Proper names in copy, for the finders of claims: see ``checks.core.proper_names``."""

from checks.core.proper_names import names_in, opens_sentence, title_before, words_of_role

__all__ = ["names_in", "opens_sentence", "title_before", "words_of_role"]
