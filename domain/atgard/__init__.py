"""Åtgärd: a decided change with a hypothesis and an effect.

Read in this order: ``begrepp`` (words), ``handelser`` (events), ``tillstand`` (state, evolve), ``effekt`` (reckoning),
``beslut`` (refusals, decisions), ``uppfoljning`` (the follow-up of an åtgärd).
"""
