"""Dates, weekdays, times, ages and durations: what copy says of the calendar and the clock."""
