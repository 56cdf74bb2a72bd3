"""Performance measurements, run with `make bench`."""
