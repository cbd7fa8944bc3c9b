"""The look-ups in the reference tables, by what is looked up."""
