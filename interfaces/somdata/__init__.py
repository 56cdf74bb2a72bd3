"""Answers as data for programs, the same through every interface."""
