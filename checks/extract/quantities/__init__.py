"""Numbers with what they are of: units, money, shares, counts, ranges and hedges."""
