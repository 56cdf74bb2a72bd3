"""Consistency of tables: sums, signs, units, definitions, series, and figures that two tables state differently."""
