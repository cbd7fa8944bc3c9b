"""Happenings: which event of the tables copy speaks of, and whether its date is that of the copy."""
