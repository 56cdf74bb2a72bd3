"""Ärende: one person's matter at the board, from the first report to the closing.

Read in this order: ``begrepp`` (vocabularies), ``handelser`` (events), ``tillstand`` (state, evolve), ``nekanden``
(refusals), ``granskning`` (invariants), ``beslut`` (decisions).

A case concerns one person, or none where the law lets the board leave the identity out (SoL 14:5). The members of a
family have a case each, joined by ``familjId``: decisions, target group, sex and age are a person's, and the published
reports count persons and cases, never households.
"""
