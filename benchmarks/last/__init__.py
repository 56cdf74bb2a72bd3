"""Load through HTTP beside the bare ledger: ``python -m benchmarks.last`` (``make last``)."""
