"""Ranks: orders of places, who is ranked in them, and what is said of it."""
