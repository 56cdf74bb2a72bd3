"""The event catalogue: what can be said to the ledger, derived from the event classes (ADR 0009).

The classes say which fields there are; ``poster/<typ>.json`` says in Swedish what the event means and gives examples.
Read in this order: ``post`` (what is written by hand), ``schema`` (JSON Schema), ``falt`` (tables of fields),
``exempel`` (lines to import, and what comes out when they are tried), ``dokument`` (pages).
"""
