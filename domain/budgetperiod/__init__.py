"""Budgetperiod: one board, one year – its budget, adjustments, booked outcome and adopted forecasts.

Read in this order: ``handelser`` (events), ``tillstand`` (state, evolve), ``beslut`` (refusals, decisions).
"""
