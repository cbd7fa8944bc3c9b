"""From bytes to text: UTF-8 first, then what the bytes themselves say, never a guess that is not told."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from flows.copy.source import UnreadableCopyError

# UTF-32 stands before UTF-16, whose little-endian mark its own begins with.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
#: Control characters that no text has; tabs, line ends, form feeds and the separators of old wire systems may be.
_CONTROL = re.compile(r"[\x00\x05-\x08\x0e-\x19\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 256 * 1024


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of the bytes, and a note on the encoding where it is another than UTF-8.

    A byte order mark is no part of the text. Raises UnreadableCopyError naming encoding and byte where the bytes
    are no text.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, len(mark), encoding, name)
    if b"\x00" in data:
        if order := _utf16_without_mark(data):
            return _strictly(data, 0, order, "UTF-16 without a byte order mark")
        raise _not_text(data, data.index(b"\x00"))
    try:
        return _without_controls(data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        return _other_encoding(data, error)


def _strictly(data: bytes, skip: int, encoding: str, name: str) -> tuple[str, str | None]:
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + skip
        raise UnreadableCopyError(
            f"the file says that it is {name}, but the bytes at offset {at} are not; save it as UTF-8"
        ) from None
    return _without_controls(text), None if name == "UTF-8" else f"Read as {name}."


def _without_controls(text: str) -> str:
    if bad := _CONTROL.search(text):
        raise UnreadableCopyError(
            f"it holds binary data, not text: control character U+{ord(bad[0]):04X} at character {bad.start()}"
            f" (line {text.count(chr(10), 0, bad.start()) + 1})"
        )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """English in UTF-16 has a zero byte beside nearly every letter, always on the same side."""
    sample = data[:4096]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or half < 4:
        return None
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _other_encoding(data: bytes, error: UnicodeDecodeError) -> tuple[str, str | None]:
    if control := _CONTROL_BYTES.search(data):
        raise _not_text(data, control.start())
    lossy = data.decode("utf-8", "replace")
    bad = lossy.count("\ufffd")
    good = sum(character > "\x7f" for character in lossy) - bad
    line = data.count(b"\n", 0, error.start) + 1
    where = f"byte 0x{data[error.start]:02X} at offset {error.start} (line {line})"
    if good > bad:
        # UTF-8 with a few broken bytes: read as anything else, every dash and quotation mark would be garbled.
        raise UnreadableCopyError(f"it looks like UTF-8, but {where} is not; repair it and save it as UTF-8")
    name = _guess(data)
    if name is None:
        raise UnreadableCopyError(f"its encoding is unknown: {where} is not UTF-8; save it as UTF-8")
    return data.decode(name), f"Read as {name}, as {where} is not UTF-8."


def _guess(data: bytes) -> str | None:
    """English in Windows-1252 has few letters beyond ASCII; copy full of them is left to charset-normalizer."""
    text: str | None = None
    with suppress(UnicodeDecodeError):
        text = data.decode("cp1252")
    if text is not None:
        foreign = sum(character > "\x7f" and character.isalpha() for character in text)
        letters = sum(character.isalpha() for character in text)
        others = sum(character > "\x7f" and not character.isalpha() for character in text)
        if foreign <= max(letters // 10, 3) and others <= max(len(text) // 10, 5):
            return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    try:
        data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return best.encoding


def _not_text(data: bytes, at: int) -> UnreadableCopyError:
    name = "a NUL byte" if data[at] == 0 else f"byte 0x{data[at]:02X}"
    return UnreadableCopyError(f"it holds binary data, not text: {name} at offset {at}")
