"""Utförare: a provider of care, or a unit of the board's own.

Read in this order: ``begrepp`` (words), ``handelser`` (events), ``tillstand`` (state, evolve), ``beslut``
(refusals, decisions, invariants).
"""
