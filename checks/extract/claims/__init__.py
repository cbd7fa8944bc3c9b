"""Figures to claims: one module for each kind of claim."""
