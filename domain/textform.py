"""The form that a text must have: its pattern and, beside it, the words that say what is allowed.

Declared once per form, and read by all that ask for it: fields of events, questions and settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class Textform:
    """A form, to state in ``Annotated[str, ...]``.

    Attributes:
        monster: the whole text as a regular expression, without anchors.
        ord: what is allowed, in words that go on after "ska vara".
    """

    monster: str
    ord: str

    def galler(self, text: str) -> bool:
        """Return whether a text has the form."""
        return re.fullmatch(self.monster, text) is not None

    def __get_pydantic_core_schema__(self, kalla: Any, las: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse what has not the form, with the words where pydantic would have the expression."""
        # Of pydantic's own parts and not a Python function, since the lines of a file have such fields.
        formen = core_schema.custom_error_schema(
            self._schema(), "string_pattern_mismatch", custom_error_context={"pattern": self.ord}
        )
        return core_schema.chain_schema([las(kalla), formen])

    def __get_pydantic_json_schema__(self, _: CoreSchema, skriv: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the form by its pattern alone."""
        return skriv(self._schema())

    def _schema(self) -> CoreSchema:
        return core_schema.str_schema(pattern=f"^{self.monster}$")
