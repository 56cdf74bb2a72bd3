"""Forecasts of care and cost: pure functions from what was known to a distribution of what the year comes to.

Everything here is arithmetic on arrays (numpy): no clock, no storage, no chance that is not drawn from a seed that the
caller gives. The method, its assumptions and its weaknesses are ADR 0024.
"""
