"""``liggare databas``: the care of the database itself."""

from __future__ import annotations

import click


@click.group()
def databas() -> None:
    """Sköt om databasen."""
