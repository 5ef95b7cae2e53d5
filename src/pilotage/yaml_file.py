"""Read a person's YAML file: every mistake with its line and column, and nothing hostile gets through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Discriminator, Tag, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pilotage.formatting import with_commas
from pilotage.problems import Kind, Problem, ProblemsFound, did_you_mean, kind

NOT_READ = kind("FILE-001", "The file cannot be read")
TOO_LARGE = kind("FILE-002", "The file is too large")
NOT_TEXT = kind("FILE-003", "The file is not text in UTF-8")
NOT_YAML = kind("FILE-004", "The file is not well-formed YAML")
REPEATED_KEY = kind("FILE-005", "A key is given twice")
EXPANDS = kind("FILE-006", "The file expands or nests too far")
WRONG_SHAPE = kind("FILE-007", "A value is missing, unknown or of the wrong kind")

# A study of any size we know is under 100 kB and 4,000 parts; ruamel composes 20,000 parts in about a second.
LARGEST = 512 * 1024
MOST_NODES = 20_000
DEEPEST = 60
LONGEST_LINE = 20_000

_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
T = TypeVar("T")


class Part(BaseModel):
    """A part of a file that a person writes: frozen, and strict about names."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Unknown(Part):
    """What is not known is said, with the reason, and never invented."""

    unknown: str


def _which(value: Any) -> str:
    says_unknown = isinstance(value, Unknown) or (isinstance(value, dict) and "unknown" in value)
    return "unknown" if says_unknown else "known"


OrUnknown = Annotated[Annotated[T, Tag("known")] | Annotated[Unknown, Tag("unknown")], Discriminator(_which)]
"""``OrUnknown[str]``: a value, or ``{unknown: why}``."""


@dataclass(frozen=True)
class YamlDocument:
    """The plain data of a file, and where in the file each of its parts stands."""

    file: Path
    data: Any
    places: dict[Path_, tuple[int, int]]

    def place(self, path: Path_) -> tuple[int | None, int | None]:
        """Return line and column (from 1) of a path, or of the nearest part that encloses it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return None, None

    def problem(self, what: Kind, path: Path_, message: str, remedy: str = "") -> Problem:
        """Return a problem at a place of this file."""
        line, column = self.place(path)
        return Problem(what, message, remedy, self.file.name, line, column, written(path))


def written(path: Path_) -> str:
    """Return a path as a person reads it: ``assessments[1].instruments[2]``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_yaml(file: Path, *, as_written: bool = False) -> YamlDocument:
    """Read a YAML 1.2 file into plain data with places.

    With ``as_written`` numbers stay the text they are written as, for where 0.70 says more than 0.7.

    Raises
    ------
    ProblemsFound
        When the file is absent, too large, binary, malformed, repeats a key, or expands without measure.
    """
    return parse_yaml(_text(file), file, as_written=as_written)


def parse_yaml(text: str, file: Path, *, as_written: bool = False) -> YamlDocument:
    """Parse a text as `read_yaml` reads a file; ``file`` is the name that problems give, and need not exist.

    Raises
    ------
    ProblemsFound
        As `read_yaml`, but for what only a file on disk can have wrong.
    """
    _refuse_binary_and_long(text, file)
    node = _compose(file, text)
    builder = _Builder(file, as_written)
    data = builder.build(node, (), 0) if node is not None else {}
    if builder.problems:
        raise ProblemsFound(builder.problems)
    return YamlDocument(file, data, builder.places)


def _text(file: Path) -> str:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            message = f"The file has {with_commas(size)} bytes; {with_commas(LARGEST)} is the limit."
            raise ProblemsFound([Problem(TOO_LARGE, message, "Check that this is the right file.", file.name)])
        raw = file.read_bytes()
    except OSError as error:
        message = f"'{file}' cannot be read: {error.strerror}."
        raise ProblemsFound([Problem(NOT_READ, message, "Check the name and the folder.", file.name)]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"Byte {error.start + 1} is not UTF-8 text."
        raise ProblemsFound([Problem(NOT_TEXT, message, "Save the file as UTF-8 text.", file.name, line)]) from None
    return text


def _refuse_binary_and_long(text: str, file: Path) -> None:
    """Refuse binary data, and lines so long that the reader would take minutes over them."""
    if "\x00" in text:
        raise ProblemsFound([Problem(NOT_TEXT, "The file holds binary data.", "Save it as UTF-8 text.", file.name)])
    longest, number = max((len(line), number) for number, line in enumerate(text.split("\n"), 1))
    if longest > LONGEST_LINE:
        message = f"The line has {with_commas(longest)} characters; {with_commas(LONGEST_LINE)} is the limit."
        raise ProblemsFound([Problem(TOO_LARGE, message, "Check that this is the right file.", file.name, number)])


class _TooMuchError(Exception):
    """The file nests deeper, or has more parts, than any study needs."""

    def __init__(self, line: int) -> None:
        self.line = line


class _GuardedComposer(Composer):
    """Stops a hostile file before time and memory are spent on the rest of it."""

    nodes = 0
    level = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.nodes += 1
        self.level += 1
        if self.nodes > MOST_NODES or self.level > DEEPEST:
            raise _TooMuchError(self.parser.peek_event().start_mark.line + 1)
        node = super().compose_node(parent, index)
        self.level -= 1
        return node


@lru_cache(maxsize=16)
def _nodes(text: str) -> Node | None:
    """Compose a text; a draft is read several times for one page, and composing it takes a tenth of a second."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _GuardedComposer
    return yaml.compose(text)  # type: ignore[no-any-return]


def _compose(file: Path, text: str) -> Node | None:
    try:
        return _nodes(text)
    except _TooMuchError as much:
        message = "From here the file has more parts, or nests deeper, than any study needs."
        remedy = "Check that this is the right file; a study has some thousand parts and a dozen levels."
        raise ProblemsFound([Problem(EXPANDS, message, remedy, file.name, much.line)]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(part) for part in (error.context, error.problem) if part)
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        remedy = "Check the indentation, colons, quotes and brackets at and just above this line."
        raise ProblemsFound([Problem(NOT_YAML, f"YAML stops here: {reason}.", remedy, file.name, *place)]) from None
    except RecursionError:
        message = "The file nests too deeply to be read."
        raise ProblemsFound([Problem(EXPANDS, message, "A study needs a dozen levels at most.", file.name)]) from None
    except (YAMLError, ValueError) as error:
        remedy = "Save the file as plain UTF-8 text."
        raise ProblemsFound([Problem(NOT_YAML, f"YAML stops: {error}", remedy, file.name)]) from None


class _Builder:
    """Turns nodes into plain data, keeping places and counting what aliases expand to."""

    def __init__(self, file: Path, as_written: bool) -> None:
        self.file = file
        self.as_written = as_written
        self.places: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.nodes = 0

    def build(self, node: Node, path: Path_, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES or depth > DEEPEST:
            message = "The file expands to more parts, or nests deeper, than any study needs."
            raise ProblemsFound([self._problem(EXPANDS, node, path, message, "Write the parts out without aliases.")])
        self.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, i), depth + 1) for i, child in enumerate(node.value)]
        if self.as_written and node.tag in _NUMBERS:
            return node.value
        return _scalar(node)

    def _mapping(self, node: MappingNode, path: Path_, depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                message = "A key must be a plain word or number."
                self.problems.append(self._problem(NOT_YAML, key_node, path, message, "Put quotes around it."))
                continue
            key = _scalar(key_node)
            inner = (*path, key if isinstance(key, int) else str(key))
            if key in result:
                message = f"'{key}' is given twice here; only one could be used."
                self.problems.append(self._problem(REPEATED_KEY, key_node, inner, message, "Remove or rename one."))
            self.places[inner] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            result[key] = self.build(value_node, inner, depth + 1)
        return result

    def _problem(self, what: Kind, node: Node, path: Path_, message: str, remedy: str) -> Problem:
        mark = node.start_mark
        return Problem(what, message, remedy, self.file.name, mark.line + 1, mark.column + 1, written(path))


def _scalar(node: Node) -> Any:
    """Return a scalar by the YAML 1.2 core schema; dates stay text, so that the model says what they are."""
    text: str = node.value
    match node.tag:
        case "tag:yaml.org,2002:null":
            return None
        case "tag:yaml.org,2002:bool":
            return text.lower() == "true"
        case "tag:yaml.org,2002:int":
            return _number(text, lambda t: int(t.replace("_", ""), 0) if t.lstrip("+-").strip("0") else 0)
        case "tag:yaml.org,2002:float":
            return _number(text, lambda t: float(t.replace("_", "").replace(".inf", "inf").replace(".nan", "nan")))
    return text


def _number(text: str, convert: Callable[[str], Any]) -> Any:
    """Return a number where it converts; else the text, so that the model can say what it got."""
    try:
        return convert(text)
    except ValueError:
        return text


def read_model(file: Path, model: type[Model], what: Kind = WRONG_SHAPE) -> tuple[Model, YamlDocument]:
    """Read a YAML file as a model, with every mistake of shape found at once.

    Raises
    ------
    ProblemsFound
        One problem of kind ``what`` for each value that is missing, unknown or of the wrong kind.
    """
    document = read_yaml(file)
    return validate(document, model, what), document


def parse_model(text: str, file: Path, model: type[Model], what: Kind = WRONG_SHAPE) -> tuple[Model, YamlDocument]:
    """Parse a text as `read_model` reads a file; ``file`` is the name that problems give, and need not exist."""
    document = parse_yaml(text, file)
    return validate(document, model, what), document


def validate(document: YamlDocument, model: type[Model], what: Kind = WRONG_SHAPE) -> Model:
    """Return the document's data as a model; see `read_model`."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        problems = [_shape_problem(document, model, what, dict(e)) for e in error.errors(include_url=False)]
        raise ProblemsFound(dict.fromkeys(problems)) from None


def _shape_problem(document: YamlDocument, model: type[BaseModel], what: Kind, error: dict[str, Any]) -> Problem:
    path = _data_path(document.data, error["loc"], missing=error["type"] == "missing")
    name = path[-1] if path else document.file.name
    match error["type"]:
        case "missing":
            return document.problem(what, path, f"'{name}' is missing here.", f"Add '{name}'.")
        case "extra_forbidden":
            known = _fields_at(model, error["loc"][:-1])
            near = did_you_mean(str(name), known)
            remedy = f"Known here: {', '.join(known)}." if known else "Remove it."
            return document.problem(what, path, f"'{name}' is not known here.{near}", remedy)
        case "value_error":
            reason, _, remedy = str(error["ctx"]["error"]).partition("\n")
            return document.problem(what, path, reason, remedy)
    reason = error["msg"][:1].lower() + error["msg"][1:]
    return document.problem(what, path, f"'{name}' is {_shown(error['input'])}: {reason}.", "Correct the value.")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _data_path(data: Any, loc: tuple[Any, ...], *, missing: bool) -> Path_:
    """Return the part of pydantic's location that is in the file (it also names union members and defaults)."""
    path: list[str | int] = []
    for part in loc:
        if isinstance(data, dict) and (part in data or str(part) in {str(k) for k in data}):
            data = data.get(part, data.get(str(part)))
            path.append(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            path.append(part)
    if missing:
        path.append(str(loc[-1]))
    return tuple(path)


def _fields_at(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """Return the names a model knows at a location, for suggestions."""
    kinds: list[Any] = [model]
    for part in loc:
        inner = [k.model_fields[part].annotation for k in kinds if _is_model(k) and part in k.model_fields]
        kinds = [leaf for annotation in (inner or kinds) for leaf in _leaves(annotation)]
    return sorted({field.alias or name for k in kinds if _is_model(k) for name, field in k.model_fields.items()})


def _leaves(annotation: Any) -> list[Any]:
    if get_origin(annotation) is None:
        return [annotation]
    return [leaf for argument in get_args(annotation) for leaf in _leaves(argument)]


def _is_model(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseModel)
