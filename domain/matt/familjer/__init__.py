"""The measures, a file per family of the catalogue of printed measures (``docs/kallor/MATT.md``)."""
