"""Measures: declarations of what is counted."""
