"""The command line: ``liggare``."""
