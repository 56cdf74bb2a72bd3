"""How people and systems meet the ledger, and the one place where the parts are joined."""
