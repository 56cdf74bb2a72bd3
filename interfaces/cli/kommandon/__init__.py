"""The commands, a file each, which is loaded when its command is used."""

KOMMANDON = (
    "importera", "handelser", "matt", "tabell", "forklara", "granska", "avstam", "prognos", "atgard", "strom", "syntet",
    "demo", "bygg-om", "verifiera", "glom", "nyckel", "databas", "starta", "token", "atkomster",
)  # fmt: skip
"""The names of the commands; ``databas`` has ``roll`` under it."""
