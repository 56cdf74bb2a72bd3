"""Shared by all tests. Fixtures live in the conftest.py nearest to the tests that use them."""
