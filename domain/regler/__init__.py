"""Dated law and statistics rules, and how they are reckoned."""
