"""What the ledger does: commands, queries and declarations over the domain."""
