"""The command line: ``liggare``. Its words are Swedish from the first declaration on."""

from interfaces.cli.sprak import svenska

svenska()
