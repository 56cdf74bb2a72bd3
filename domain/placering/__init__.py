"""Placering: one person, one provider, one form of care, one unbroken stay.

Read in this order: ``begrepp`` (words), ``handelser`` (events; ``tidigare`` has what they once were),
``tillstand`` (state, evolve), ``beslut`` (refusals, decisions, invariants).
"""
