"""Placering: one person, one provider, one form of care, one unbroken stay.

Read in this order: ``handelser`` (events), ``tillstand`` (state, evolve), ``beslut`` (refusals, decisions).
"""
