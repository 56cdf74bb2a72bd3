"""To schema version 2: facts got tables for their traits."""

from __future__ import annotations

from infrastructure.steg.verktyg import Verktyg


def utfor(_: Verktyg) -> None:
    """Change nothing: facts are never migrated, they are built anew when the steps are taken."""
