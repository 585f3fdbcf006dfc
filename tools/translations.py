"""The English of readers' pages: `make translations` writes each .mo anew from its .po, and says what is missing, left over or unfinished.

With --check it writes nothing, and a .mo that does not say what its .po says is a fault too. Needs no gettext on the machine.
"""

import ast
import gettext
import io
import os
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
APPS = ("core", "departments", "budgets", "projects", "glossary", "reports", "dashboard", "seoul_digital")
_CALLS = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "counted": 0,
}  # fmt: skip  # the place of the msgid among the arguments
_STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"(?<![\w.])(n?p?gettext|_)\({_STRING}(?:, {_STRING})?")
_PO_LINE = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)? ?(".*")$')
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
_HANGUL = re.compile("[가-힣]")
CONTEXT_END = "\x04"


@dataclass
class Entry:
    msgid: str = ""
    context: str = ""
    plural: str = ""
    texts: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def key(self) -> str:
        return f"{self.context}{CONTEXT_END}{self.msgid}" if self.context else self.msgid


def catalogues() -> list[Path]:
    return sorted(
        [*BASE.glob("*/locale/en/LC_MESSAGES/django.po"), *BASE.glob("locale/en/LC_MESSAGES/django.po")]
    )


def entries(po: Path) -> list[Entry]:
    """Those of a .po, its head (of the empty msgid) included."""
    found: list[Entry] = []
    for block in re.split(r"\n\s*\n", po.read_text(encoding="utf-8")):
        entry, parts, current = Entry(), {}, ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.is_fuzzy = "fuzzy" in line
            elif match := _PO_LINE.match(line):
                current = match[1] or current
                parts[current] = parts.get(current, "") + ast.literal_eval(match[2])
        if "msgid" in parts:
            entry.msgid, entry.context = parts["msgid"], parts.get("msgctxt", "")
            entry.plural = parts.get("msgid_plural", "")
            entry.texts = [text for name, text in parts.items() if name.startswith("msgstr")]
            found.append(entry)
    return found


def compiled(po: Path) -> bytes:
    """The .mo, as msgfmt writes it."""
    pairs = {}
    for entry in entries(po):
        key = f"{entry.key}\0{entry.plural}" if entry.plural else entry.key
        if all(entry.texts):
            pairs[key.encode()] = "\0".join(entry.texts).encode()
    keys = sorted(pairs)
    start = 7 * 4 + 16 * len(keys)
    lengths, data = [], b""
    for texts in (keys, [pairs[key] for key in keys]):
        for text in texts:
            lengths.append((len(text), start + len(data)))
            data += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return head + b"".join(struct.pack("<2I", *pair) for pair in lengths) + data


def _catalogue(content: bytes) -> dict[Any, str]:
    return gettext.GNUTranslations(io.BytesIO(content))._catalog  # type: ignore[attr-defined]


def _of_python(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if "gettext" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS):
            continue
        place = _CALLS[node.func.id]
        given = [argument.value for argument in node.args[: place + 1] if isinstance(argument, ast.Constant)]
        if len(given) == place + 1:
            yield CONTEXT_END.join(map(str, given))


def _of_template(path: Path) -> Iterator[str]:
    from django.utils.translation.template import templatize

    text = path.read_text(encoding="utf-8")
    if "trans" not in text and "_(" not in text:
        return
    for call, first, second in _IN_TEMPLATE.findall(templatize(text)):
        given = [ast.literal_eval(part) for part in (first, second) if part]
        yield CONTEXT_END.join(given) if "p" in call else given[0]


def used() -> dict[str, str]:
    """Every msgid that the code asks for, with a file that does."""
    found = {}
    for app in APPS:
        for path in (BASE / app).rglob("*.py"):
            found |= dict.fromkeys(_of_python(path), str(path.relative_to(BASE)))
    for path in (BASE / "templates").rglob("*.html"):
        found |= dict.fromkeys(_of_template(path), str(path.relative_to(BASE)))
    return found


def _faults_of(po: Path, wanted: dict[str, str]) -> Iterator[str]:
    for entry in entries(po)[1:]:
        name = f"{po.relative_to(BASE)}: {entry.msgid[:60]!r}"
        if entry.is_fuzzy or not entry.texts or not all(entry.texts):
            yield f"{name} is unfinished"
        if entry.key not in wanted:
            yield f"{name} is used nowhere"
        given = {""} | set(_PLACEHOLDER.findall(entry.msgid + entry.plural))
        bare = {name.rpartition("_")[0] for name in given}  # the word of `name_topic`, which has its particle
        if unknown := {name for text in entry.texts for name in _PLACEHOLDER.findall(text)} - given - bare:
            yield f"{name} has placeholders that the Korean has not: {sorted(unknown)}"


def faults() -> list[str]:
    """What is missing, unfinished, used nowhere, or said in two ways."""
    wanted, known, found = used(), {}, []
    keys = {entry.key for po in catalogues() for entry in entries(po)}
    for po in catalogues():
        found += _faults_of(po, wanted)
        for entry in entries(po)[1:]:
            if known.setdefault(f"{entry.key}\0{entry.plural}", entry.texts) != entry.texts:
                found.append(
                    f"{entry.msgid[:60]!r} is said in two ways, the second in {po.relative_to(BASE)}"
                )
    missing = [
        f"{place}: {key[:80]!r} has no English"
        for key, place in wanted.items()
        if key not in keys and _HANGUL.search(key)  # what is English by itself is Django's
    ]
    return found + sorted(missing)


def main(arguments: list[str]) -> int:
    os.environ.setdefault("SECRET_KEY", "-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_digital.settings")
    found = faults()
    for po in catalogues():
        mo, content = po.with_suffix(".mo"), compiled(po)
        is_current = mo.exists() and _catalogue(mo.read_bytes()) == _catalogue(content)
        if not is_current and "--check" not in arguments:
            mo.write_bytes(content)
        elif not is_current:
            found.append(f"{mo.relative_to(BASE)} is older than its .po: make translations")
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
