"""Budgetperiod: one board, one year – its money, goals, figures from outside, reports and controls.

The events are too many for one file and are split by subject; the order is the same as in every aggregate:

* ``begrepp``: the vocabularies,
* ``handelser`` (money), ``ersattning``, ``mal``, ``uppgift``, ``rapport``: events,
* ``tillstand``: state, evolve,
* ``beslut_foljda`` (what is followed by its id: grants, goals, commitments, deviations), ``beslut_uppgift`` (figures,
  reports, controls), ``beslut`` (money, and the aggregate itself): refusals, decisions.
"""
