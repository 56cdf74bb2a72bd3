"""The steps between schema versions (``infrastructure.migrering``), written in the tables of their own time.

What they need they spell out themselves: ``infrastructure.tables`` says what the tables are today, not what a step is
to make of them.
"""
