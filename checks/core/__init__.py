"""The machinery that every check shares: nouns, units, the rule of precision, look-ups in the tables."""
