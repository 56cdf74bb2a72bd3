"""A plain validator of the part of JSON Schema 2020-12 that the event schemas use; it refuses unknown keywords."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

Schema = Mapping[str, Any]

_TYPER: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
}
_FORMER: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uuid": UUID,
    "decimal": str,
}
_SAMMA = {
    f"{grans}{vad}": namn
    for grans, namn in (("min", "minst"), ("max", "hogst"))
    for vad in ("Length", "Items", "Properties")
}
_UPPLYSNINGAR = {"$schema", "$id", "$defs", "title", "description", "examples", "default"}


def fel_mot(schema: Schema, varde: Any) -> list[str]:
    """Return what in a value breaks the schema, as paths with keywords."""
    scheman = {inre["$id"]: inre for inre in schema.get("$defs", {}).values() if "$id" in inre}
    return list(_Provare(schema, scheman).fel(schema, varde, "$"))


class _Provare:
    def __init__(self, rot: Schema, scheman: Mapping[str, Schema]) -> None:
        self._rot, self._scheman = rot, scheman

    def fel(self, schema: Schema, varde: Any, vag: str) -> Iterator[str]:
        for ord_, krav in schema.items():
            if ord_ in _UPPLYSNINGAR or ord_.startswith("x-"):
                continue
            metod = getattr(self, "_" + _SAMMA.get(ord_, ord_.strip("$")), None)
            assert metod is not None, f"okänt nyckelord {ord_}"
            yield from (f if f.startswith("$") else f"{vag}: {f}" for f in metod(schema, krav, varde, vag))

    def _ref(self, _: Schema, krav: str, varde: Any, vag: str) -> Iterator[str]:
        if krav in self._scheman:
            inre = self._scheman[krav]
            yield from _Provare(inre, {}).fel(inre, varde, vag)
        else:
            yield from self.fel(self._rot["$defs"][krav.removeprefix("#/$defs/")], varde, vag)

    def _antal_som_gar(self, krav: list[Schema], varde: Any) -> int:
        return sum(not list(self.fel(ett, varde, "$")) for ett in krav)

    def _anyOf(self, _: Schema, krav: list[Schema], varde: Any, vag: str) -> Iterator[str]:
        if not self._antal_som_gar(krav, varde):
            yield "anyOf"

    def _oneOf(self, _: Schema, krav: list[Schema], varde: Any, vag: str) -> Iterator[str]:
        if self._antal_som_gar(krav, varde) != 1:
            yield "oneOf"

    def _type(self, _: Schema, krav: str, varde: Any, vag: str) -> Iterator[str]:
        if not _TYPER[krav](varde):
            yield "type"

    def _const(self, _: Schema, krav: Any, varde: Any, vag: str) -> Iterator[str]:
        if varde != krav or type(varde) is not type(krav):
            yield "const"

    def _enum(self, _: Schema, krav: list[Any], varde: Any, vag: str) -> Iterator[str]:
        if varde not in krav:
            yield "enum"

    def _format(self, _: Schema, krav: str, varde: Any, vag: str) -> Iterator[str]:
        try:
            if isinstance(varde, str):
                _FORMER[krav](varde)
        except ValueError:
            yield "format"

    def _pattern(self, _: Schema, krav: str, varde: Any, vag: str) -> Iterator[str]:
        if isinstance(varde, str) and not re.search(krav, varde):
            yield "pattern"

    def _minimum(self, _: Schema, krav: int, varde: Any, vag: str) -> Iterator[str]:
        if isinstance(varde, int) and varde < krav:
            yield "minimum"

    def _maximum(self, _: Schema, krav: int, varde: Any, vag: str) -> Iterator[str]:
        if isinstance(varde, int) and varde > krav:
            yield "maximum"

    def _minst(self, _: Schema, krav: int, varde: Any, vag: str) -> Iterator[str]:
        if isinstance(varde, (str, list, dict)) and len(varde) < krav:
            yield "för kort"

    def _hogst(self, _: Schema, krav: int, varde: Any, vag: str) -> Iterator[str]:
        if isinstance(varde, (str, list, dict)) and len(varde) > krav:
            yield "för lång"

    def _required(self, _: Schema, krav: list[str], varde: Any, vag: str) -> Iterator[str]:
        if isinstance(varde, dict):
            yield from (f"{namn} saknas" for namn in krav if namn not in varde)

    def _properties(self, _: Schema, krav: Schema, varde: Any, vag: str) -> Iterator[str]:
        for namn, inre in krav.items() if isinstance(varde, dict) else ():
            if namn in varde:
                yield from self.fel(inre, varde[namn], f"{vag}.{namn}")

    def _additionalProperties(self, schema: Schema, krav: Any, varde: Any, vag: str) -> Iterator[str]:
        for namn in varde if isinstance(varde, dict) else ():
            if namn not in schema.get("properties", {}):
                if krav is False:
                    yield f"{namn} är okänt"
                else:
                    yield from self.fel(krav, varde[namn], f"{vag}.{namn}")

    def _propertyNames(self, _: Schema, krav: Schema, varde: Any, vag: str) -> Iterator[str]:
        for namn in varde if isinstance(varde, dict) else ():
            yield from self.fel(krav, namn, vag)

    def _items(self, _: Schema, krav: Schema, varde: Any, vag: str) -> Iterator[str]:
        for nr, ett in enumerate(varde if isinstance(varde, list) else ()):
            yield from self.fel(krav, ett, f"{vag}[{nr}]")
