"""Streams whose end cannot be mistaken.

A stream's data is followed by a line end. Where the last byte is a carriage return, the two read
as one line end, the data looks a byte shorter than it says, and the archive's rule is broken:
for compressed data, whose end is a checksum, that is one stream in 256.
"""

from base64 import a85encode
from typing import Any

import pydyf

START, END = b"\nstream\n", b"\nendstream"


def end_streams_plainly(pdf: pydyf.PDF) -> None:
    """Settle the streams of the file, and those that are added while it is written."""
    for thing in pdf.objects:
        settle(thing)
    add = pdf.add_object

    def add_settled(thing: Any) -> None:
        add(thing)
        settle(thing)

    pdf.add_object = add_settled


def settle(thing: Any) -> None:
    """Compress the stream now, and wrap it in plain text if it ends badly; its content stays."""
    if not isinstance(thing, pydyf.Stream):
        return
    written: bytes = thing.data
    content = written[written.index(START) + len(START) : -len(END)]
    if content.endswith(b"\r"):
        _wrap(thing, content)
    elif thing.compress:  # keep the work that has just been done
        thing.stream, thing.compress = [content], False
        thing.extra["Filter"] = "/FlateDecode"


def _wrap(stream: pydyf.Stream, content: bytes) -> None:
    if stream.extra.get("Type") == "/XRef":  # the first thing a reader needs: left as it is
        stream.compress = False
        return
    filters = ["/FlateDecode"] if stream.compress else _list(stream.extra.get("Filter"))
    parameters = _list(stream.extra.get("DecodeParms"))
    stream.stream, stream.compress = [a85encode(content) + b"~>"], False
    stream.extra["Filter"] = pydyf.Array(["/ASCII85Decode", *filters])
    if parameters:
        stream.extra["DecodeParms"] = pydyf.Array(["null", *parameters])


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pydyf.Array) else [value]
