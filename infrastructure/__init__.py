"""Storage and the outside world: the log, fact tables, keys and files."""
