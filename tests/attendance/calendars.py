"""A second reader of calendar files: strict about RFC 5545's lines, knowing nothing of ours."""

import re

# name *(";" param) ":" value; a parameter's value with : ; or , must be quoted (3.1).
_WORD = r"(?:\"[^\"\x00-\x1f\x7f]*\"|[^\x00-\x1f\x7f\";:,]*)"
_PARAM = rf";[A-Za-z0-9-]+={_WORD}(?:,{_WORD})*"
_LINE = re.compile(rf"([A-Za-z0-9-]+)((?:{_PARAM})*):([^\x00-\x08\x0a-\x1f\x7f]*)")
_TEXT = re.compile(r"(?:[^\\]|\\[\\;,nN])*")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION"}


class NotACalendar(ValueError):
    """A line breaks the standard."""


def parse_strictly(data: bytes) -> dict[str, list[tuple[str, dict[str, str], str]]]:
    """The properties of each component, by its name; raises NotACalendar."""
    text = data.decode("utf-8")
    if not text.endswith("\r\n") or re.search(r"(?<!\r)\n|\r(?!\n)", text):
        raise NotACalendar("lines end with CRLF")
    raw = text.split("\r\n")[:-1]
    if any(len(line.encode()) > 75 for line in raw):
        raise NotACalendar("lines are folded at 75 octets")
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    return _components(lines)


def _components(lines: list[str]) -> dict[str, list[tuple[str, dict[str, str], str]]]:
    found: dict[str, list[tuple[str, dict[str, str], str]]] = {}
    stack: list[str] = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotACalendar(line)
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            stack.append(value)
        elif name == "END":
            if stack.pop() != value:
                raise NotACalendar(f"{value} ends where it did not begin")
        else:
            if name in _TEXTS and not _TEXT.fullmatch(value):
                raise NotACalendar(f"a stray backslash in {name}")
            found.setdefault(stack[-1], []).append((name, _parameters(parameters), value))
    if stack:
        raise NotACalendar("something does not end")
    return found


def _parameters(text: str) -> dict[str, str]:
    parts = re.findall(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^;]*)", text)
    return {name.upper(): value.strip('"') for name, value in parts}


def event_of(data: bytes) -> dict[str, str]:
    """The first value of each property of the event, as the strict reader sees it."""
    event: dict[str, str] = {}
    for name, _, value in parse_strictly(data)["VEVENT"]:
        event.setdefault(name, value)
    return event


def unescaped(text: str) -> str:
    """A text as it was before it was written (3.3.11)."""
    return re.sub(r"\\([\\;,nN])", lambda one: "\n" if one[1] in "nN" else one[1], text)
