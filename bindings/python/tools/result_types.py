"""The result classes of ``python/kubelogic/answers.py``, out of the JSON Schema of the question catalogue."""

from __future__ import annotations

import json
import keyword
import re
import textwrap
from typing import Any

#: Classes that print themselves in words of their own, written by hand in ``_results.py``.
WORDS = {name: f"{name}Words" for name in ("Answer", "Can", "Finding", "Location", "ObjectRef", "Piece")}
#: Those of them that say what `repr` gives, too.
OWN_REPR = {"Answer", "Can"}

Schema = dict[str, Any]


class Types:
    """The definitions that answers need, as Python."""

    def __init__(self, schema: Schema) -> None:
        self.definitions: Schema = schema["$defs"]
        #: Names in the order in which they can be written down.
        self.order: list[str] = []
        self.written: dict[str, str] = {}
        #: Names that stand for anything, dicts included.
        self.open: set[str] = set()
        self.answers = {
            name
            for name, definition in self.definitions.items()
            if {"result", "kubeVersion", "evidence"} <= set(definition.get("properties", {}))
        }

    def need(self, name: str) -> str:
        """The Python name of a definition, which is written first."""
        python = "Answer" if name in self.answers else name
        if python not in self.written:
            self.written[python] = ""
            self.written[python] = self.define(python, self.definitions[name])
            self.order.append(python)
        return python

    def define(self, name: str, definition: Schema) -> str:
        if "properties" in definition:
            return self.dataclass(name, definition)
        annotation, _, _ = self.type_of({key: value for key, value in definition.items() if key != "description"})
        if annotation == "Any":
            self.open.add(name)
        return f"{comment(definition)}{name}: TypeAlias = {annotation}"

    def dataclass(self, name: str, definition: Schema) -> str:
        required: list[str] = definition.get("required", [])
        properties: Schema = definition["properties"]
        lines, table = [], []
        # Required ones come in the order of the declaration, and before those with a default.
        for key in [*required, *sorted(set(properties) - set(required))]:
            attribute = snake(key)
            annotation, read, absent = self.type_of(properties[key])
            if name == "Answer" and key == "result":
                annotation, read = "T", "same"
            options = []
            if key not in required:
                if absent == "None" and "None" not in annotation.split(" | "):
                    annotation += " | None"
                options.append("default_factory=dict" if absent == "{}" else f"default={absent}")
            if "dict[" in annotation or annotation == "Any" or self.open & set(re.findall(r"\w+", annotation)):
                # A dict has no hash, but it is compared.
                options.append("hash=False")
            if options == [f"default={absent}"]:
                default = f" = {absent}"
            else:
                default = f" = field({', '.join(options)})" if options else ""
            lines.append(f"    #: {first_line(properties[key])}\n    {attribute}: {annotation}{default}")
            left_out = "" if key in required else f", {absent}"
            table.append(f'        Field("{attribute}", "{key}", {read}{left_out}),')
        bases = [WORDS.get(name), "Result", "Generic[T]" if name == "Answer" else None]
        body = "\n".join(lines)
        return (
            f"@dataclass(frozen=True, slots=True{', repr=False' if name in OWN_REPR else ''})\nclass {name}({', '.join(base for base in bases if base)}):\n"
            f"{docstring(definition)}\n{body}\n\n    _fields: ClassVar[tuple[Field, ...]] = (\n"
            + "\n".join(table)
            + "\n    )"
        )

    def type_of(self, schema: Schema | bool) -> tuple[str, str, str]:
        """Annotation, reader, and the value that stands for a key that is not there."""
        if isinstance(schema, bool):
            return "Any", "same", "None"
        if "$ref" in schema:
            return self.reference(schema["$ref"].rsplit("/", 1)[1])
        if len(schema.get("allOf", ())) == 1:
            return self.type_of(schema["allOf"][0])
        for word in ("anyOf", "oneOf"):
            if word in schema:
                return self.choice(schema[word])
        if "enum" in schema or "const" in schema:
            return self.literal(schema.get("enum", [schema.get("const")]))
        kind = schema.get("type")
        if isinstance(kind, list):
            (one,) = [word for word in kind if word != "null"]
            return optional(*self.type_of({**schema, "type": one})[:2])
        if kind == "array":
            annotation, read, _ = self.type_of(schema.get("items", True))
            return f"tuple[{annotation}, ...]", f"several({read})", "()"
        if kind == "object":
            annotation, read, _ = self.type_of(schema.get("additionalProperties", True))
            return f"dict[str, {annotation}]", f"keyed({read})", "{}"
        plain = {
            "string": ("str", '""'),
            "integer": ("int", "None"),
            "boolean": ("bool", "False"),
            "number": ("float", "None"),
            "null": ("None", "None"),
        }
        annotation, absent = plain.get(kind or "", ("Any", "None"))
        return annotation, "same", absent

    def reference(self, name: str) -> tuple[str, str, str]:
        definition = self.definitions[name]
        if definition.get("type") == "string" and "enum" not in definition:
            return "str", "same", '""'
        python = self.need(name)
        if "properties" in definition and python not in self.order:
            # A class that holds others of its kind has no name yet when its table is made.
            return python, f"lambda value: {python}.from_dict(value)", "None"
        if "properties" in definition:
            return python, f"{python}.from_dict", "None"
        return python, *self.type_of(definition)[1:]

    def choice(self, schemas: list[Schema]) -> tuple[str, str, str]:
        if all("const" in one or "enum" in one for one in schemas):
            return self.literal([word for one in schemas for word in one.get("enum", [one.get("const")])])
        others = [one for one in schemas if one.get("type") != "null"]
        if len(others) != 1:
            # Only the texts of `read.documents` are one thing or another, and no class holds those.
            return "Any", "same", "None"
        found = self.type_of(others[0])
        return found if len(others) == len(schemas) else optional(*found[:2])

    def literal(self, words: list[str]) -> tuple[str, str, str]:
        return f"Literal[{', '.join(json.dumps(word) for word in words)}]", "same", "None"


def optional(annotation: str, read: str) -> tuple[str, str, str]:
    return f"{annotation} | None", read if read == "same" else f"maybe({read})", "None"


def snake(key: str) -> str:
    # `URLs` is one word.
    key = re.sub(r"[A-Z]{2,}s(?![a-z])", lambda word: word[0].capitalize(), key)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", key).lower()
    return f"{name}_" if keyword.iskeyword(name) else name


def words(schema: Schema | bool) -> str:
    text = schema.get("description", "") if isinstance(schema, dict) else ""
    # Links of Rust's documentation lead nowhere here.
    text = re.sub(r"\[(`[^`]+`)\](\([^)]*\))?", r"\1", text)
    return text.replace("Self::", "").replace("::", ".")


def first_line(schema: Schema | bool) -> str:
    return words(schema).split("\n")[0]


def docstring(schema: Schema) -> str:
    text = "\n\n".join(textwrap.fill(part, 100) for part in words(schema).split("\n\n"))
    closing = "\n" if "\n" in text else ""
    return textwrap.indent(f'"""{text}{closing}"""', "    ") + "\n"


def comment(schema: Schema) -> str:
    return f"#: {first_line(schema)}\n" if words(schema) else ""


def module(schema: Schema) -> str:
    """The text of ``answers.py``."""
    types = Types(schema)
    results = {}
    for question, entry in schema["questions"].items():
        answer = entry["answer"]["$ref"].rsplit("/", 1)[1]
        types.need(answer)
        results[question] = types.type_of(types.definitions[answer]["properties"]["result"])
    types.need("Finding")
    definitions = "\n\n\n".join(types.written[name] for name in types.order)
    readers = ["keyed", "maybe", "same", "several"]
    used = [reader for reader in readers if f"{reader}(" in definitions or reader == "same"]
    exported = "\n".join(f'    "{name}",' for name in ["RESULTS", *sorted(types.order)])
    listed = "\n".join(f'    "{question}": {read},' for question, (_, read, _) in results.items())
    return f'''"""The answers to the questions of the catalogue. Generated by ``tools/generate.py``; do not edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass{", field" if "field(" in definitions else ""}
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from ._results import {", ".join([*sorted(WORDS.values()), "Field", "Result", *used])}

__all__ = [
{exported}
]

T = TypeVar("T")


{definitions}


#: How the result of each question is read from JSON.
RESULTS: dict[str, Callable[[Any], Any]] = {{
{listed}
}}
'''
