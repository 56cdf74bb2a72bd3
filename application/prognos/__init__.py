"""Forecasts: the question, the facts it is answered from, the answer, and how good such answers have been."""
