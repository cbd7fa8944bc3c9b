"""Copy made plain for reading: one kind of space, hyphen and apostrophe, with the way back to the source's offsets."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

# One character for one, so that offsets stay as they are.
_ALIKE = {
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\v\f",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d",
    "'": "\u2018\u2019\u201b\u02bc\u2032\u0060\u00b4\uff07",
    "\n": "\u2028\u2029\u0085",
}
_ONE_FOR_ONE = tuple((odd, plain) for plain, odds in _ALIKE.items() for odd in odds)
_ASCII_FOR_ONE = tuple((odd, plain) for odd, plain in _ONE_FOR_ONE if odd.isascii())
# Characters that no reader sees, and what a web page leaves behind.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_DROPPED = lazy_pattern(
    rf"[{_UNSEEN}]|&(?:#[0-9]{{1,6}}|#x[0-9a-fA-F]{{1,5}}|[a-zA-Z]{{2,8}});|</?[a-zA-Z][^<>\n]{{0,200}}>"
)


def smooth(text: str) -> tuple[str, Sequence[int] | None]:
    """The text with plain spaces, hyphens and apostrophes, and the source offset of each of its characters.

    The offsets are None where both texts have the same, which is nearly always: only soft hyphens, zero-width
    characters and leftovers of HTML ("&nbsp;", "<b>") change the length.
    """
    all_ascii = text.isascii()
    for odd, plain in _ASCII_FOR_ONE if all_ascii else _ONE_FOR_ONE:
        if odd in text:
            text = text.replace(odd, plain)
    unseen = not all_ascii and any(each in text for each in _UNSEEN)
    if not unseen and "&" not in text and "<" not in text:
        return text, None
    parts: list[str] = []
    offsets: list[int] = []
    last = 0
    for found in _DROPPED.finditer(text):
        stand_in = _stand_in(found[0])
        parts += (text[last : found.start()], stand_in)
        offsets += range(last, found.start())
        offsets += [found.start()] * len(stand_in)
        last = found.end()
    if last == 0:
        return text, None
    parts.append(text[last:])
    offsets += range(last, len(text) + 1)
    return "".join(parts), offsets


def _stand_in(leftover: str) -> str:
    """What a reader sees instead of the leftover: nothing, a space or the character that it stands for."""
    if leftover[0] == "<":
        return " " if leftover[1:3].lower() in ("br", "p>", "/p", "li", "td", "/t", "/l") else ""
    if leftover[0] != "&":
        return ""
    character = unescape(leftover)
    if len(character) != 1 or character in _UNSEEN:
        return "" if character in _UNSEEN else leftover
    for odd, plain in _ONE_FOR_ONE:
        if character == odd:
            return plain
    return character
