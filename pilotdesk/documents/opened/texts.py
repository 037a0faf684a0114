"""The text of a paragraph sign by sign, and putting other text in its place without touching its look."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from pilotdesk.documents.opened.names import (
    ALTERNATIVES,
    BOX,
    GONE,
    W14,
    XML_SPACE,
    R,
    T,
    W,
    is_on,
)
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

EMPTY_BOX: Final = "□"
TICKED_BOX: Final = "☑"

_SIGNS: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_SYMBOL_FONTS: Final = ("wingdings", "webdings")
_SYMBOLS: Final = {
    0xA3: EMPTY_BOX, 0xA8: EMPTY_BOX, 0x6F: EMPTY_BOX, 0x71: EMPTY_BOX, 0x72: EMPTY_BOX, 0x30: EMPTY_BOX,
    0x52: TICKED_BOX, 0xFE: TICKED_BOX, 0x54: TICKED_BOX, 0x53: TICKED_BOX, 0xFD: TICKED_BOX, 0x50: TICKED_BOX,
    0xFC: TICKED_BOX, 0x78: TICKED_BOX,
}  # fmt: skip
"""Signs of Wingdings and Wingdings 2 that forms use as boxes; both fonts agree where they overlap."""

_BESIDE: Final = frozenset({BOX, f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr"})


class Piece(Record, frozen=True, kw_only=True):
    """One carrier of text in a paragraph: a ``w:t``, a tab, a break, a symbol, the box of a form field.

    Attributes:
        element: the carrier; run: the ``w:r`` it stands in.
        start: index of its first sign in the paragraph's text.
        text: what a reader sees.
    """

    element: _Element
    run: _Element
    start: int
    text: str

    @property
    def end(self) -> int:
        """Index behind its last sign."""
        return self.start + len(self.text)


def pieces(paragraph: _Element) -> tuple[Piece, ...]:
    """The carriers of a paragraph's text in order: insertions in, deletions out, of fields their results."""
    made: list[Piece] = []
    at = 0
    for element, run, text in _carriers(paragraph):
        if text:
            made.append(Piece(element=element, run=run, start=at, text=text))
            at += len(text)
    return tuple(made)


def paragraph_text(paragraph: _Element) -> str:
    """The text of a paragraph; text boxes in it are not part of it, boxes of every kind are ``□`` or ``☑``."""
    return "".join(piece.text for piece in pieces(paragraph))


def _carriers(paragraph: _Element) -> Iterator[tuple[_Element, _Element, str]]:
    in_code: list[bool] = []  # for every open field whether its result has not come yet
    for run in _runs(paragraph):
        for child in run:
            kind = child.get(f"{W}fldCharType") if child.tag == f"{W}fldChar" else ""
            if kind == "begin":
                yield child, run, "" if any(in_code) else _form_box(child)
                in_code.append(True)
            elif kind and in_code:
                in_code.pop()
                in_code += [False] * (kind == "separate")
            elif not any(in_code):
                yield child, run, _text_of(child, run)


def _runs(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag == R:
            yield child
        elif child.tag not in GONE and child.tag not in _BESIDE and child.tag != ALTERNATIVES:
            yield from _runs(child)


def _text_of(element: _Element, run: _Element) -> str:
    if element.tag == T:
        text = element.text or ""
        return _from_symbols(text) if text and _in_symbol_font(run) else text
    if element.tag == f"{W}sym":
        code = element.get(f"{W}char") or ""
        return _SYMBOLS.get(int(code, 16) & 0xFF, "?") if _is_hex(code) else ""
    return _SIGNS.get(str(element.tag), "")


def _is_hex(code: str) -> bool:
    return bool(code) and all(sign in "0123456789abcdefABCDEF" for sign in code)


def _in_symbol_font(run: _Element) -> bool:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    name = "" if fonts is None else (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
    return name.casefold().startswith(_SYMBOL_FONTS)


def _from_symbols(text: str) -> str:
    """Signs of a symbol font as boxes; Chinese in such a run is set in another font."""
    return "".join(
        _SYMBOLS.get(ord(sign) & 0xFF, sign) if ord(sign) < 0x100 or 0xF000 <= ord(sign) < 0xF100 else sign
        for sign in text
    )


def _form_box(begin: _Element) -> str:
    """The box of an old form field; empty for other fields."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    state = box.find(f"{W}checked")
    return TICKED_BOX if is_on(box.find(f"{W}default") if state is None else state) else EMPTY_BOX


# -- writing -------------------------------------------------------------------------------------


def replace_text(paragraph: _Element, start: int, end: int, text: str) -> None:
    r"""Put a text where signs ``start`` to ``end`` of the paragraph stand; it gets the look of the first of them.

    With ``start == end`` the text goes in behind the sign before, with that sign's look; into an empty paragraph with the
    look of its mark. ``\n`` becomes a line break, ``\t`` a tab. Boxes that are replaced keep their kind, see :func:`set_box`.

    Args:
        paragraph: ``w:p``.
        start: index in :func:`paragraph_text`.
        end: index behind the last sign.
        text: what is to stand there.
    """
    listed = pieces(paragraph)
    touched = [piece for piece in listed if piece.start < end and piece.end > start]
    if not touched:
        touched = [piece for piece in listed if piece.start < start <= piece.end]
        touched = touched or [piece for piece in listed if piece.start == start]
    if not touched:
        _append(paragraph, text)
        return
    first, last = touched[0], touched[-1]
    tail = last.text[max(end, start) - last.start :] if end < last.end else ""
    head = first.text[: max(0, start - first.start)]
    if first is last:
        _rewrite(first, head + text + tail)
    else:
        _rewrite(first, head + text)
        for piece in touched[1:-1]:
            _rewrite(piece, "")
        _rewrite(last, tail)


def _rewrite(piece: Piece, text: str) -> None:
    """Give a carrier another text; a plain one is kept, others make room for one."""
    element = piece.element
    if piece.text == text:
        return
    if element.tag == f"{W}fldChar":
        set_box(piece, taken=text == TICKED_BOX)
        return
    _was_answered(piece.run)
    made = _carried(text)
    if not made and element.tag != T:
        piece.run.remove(element)
        return
    if element.tag == T and len(made) == 1 and made[0].tag == T:
        _put(element, text)
        return
    if element.tag == T and not made:
        element.text = None
        return
    for one in reversed(made):
        element.addnext(one)
    piece.run.remove(element)


def _carried(text: str) -> list[_Element]:
    """A text as children of a run."""
    made: list[_Element] = []
    letters = ""
    for sign in text:
        if sign not in "\t\n":
            letters += sign
            continue
        if letters:
            made.append(_put(etree.Element(T), letters))
        made.append(etree.Element(f"{W}tab" if sign == "\t" else f"{W}br"))
        letters = ""
    if letters:
        made.append(_put(etree.Element(T), letters))
    return made


def _put(element: _Element, text: str) -> _Element:
    element.text = text or None
    if text != text.strip() or "  " in text:
        element.set(XML_SPACE, "preserve")
    return element


def _append(paragraph: _Element, text: str) -> None:
    """A new run at the end of a paragraph without text, looking like the run or mark that is there."""
    runs = [run for run in _runs(paragraph) if run.find(f"{W}fldChar") is None]
    look = runs[-1].find(f"{W}rPr") if runs else paragraph.find(f"{W}pPr/{W}rPr")
    run = etree.Element(R)
    if look is not None:
        run.append(run_look(look))
    run.extend(_carried(text))
    if runs:
        runs[-1].addnext(run)
        _was_answered(runs[-1])
    else:
        paragraph.append(run)


def run_look(properties: _Element) -> _Element:
    """A copy of ``w:rPr`` for a new run: without what only marks of paragraphs have, and no traces of changes."""
    look = deepcopy(properties)
    look.tag = f"{W}rPr"
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
        for child in look.findall(f"{W}{name}"):
            look.remove(child)
    return look


def _was_answered(run: _Element) -> None:
    """A content control around the run shows no placeholder any more."""
    control = next(run.iterancestors(f"{W}sdt"), None)
    properties = None if control is None else control.find(f"{W}sdtPr")
    shown = None if properties is None else properties.find(f"{W}showingPlcHdr")
    if control is None or properties is None or shown is None:
        return
    properties.remove(shown)
    for look in list(control.iter(f"{W}rPr")):
        for style in look.findall(f"{W}rStyle"):
            look.remove(style)


def set_box(piece: Piece, *, taken: bool, at: int = 0) -> None:
    """Tick a box, or take its tick away, in whatever way this box is made.

    Args:
        piece: the carrier of the box.
        taken: whether it is ticked then.
        at: which of the carrier's signs is the box.
    """
    element, run = piece.element, piece.run
    if element.tag == f"{W}fldChar":
        _set_form_box(element, taken=taken)
        return
    control = next((one for one in run.iterancestors(f"{W}sdt") if _state(one) is not None), None)
    if control is not None:
        _state(control).set(f"{W14}val", "1" if taken else "0")  # type: ignore[union-attr]
    if element.tag == f"{W}sym":
        second = (element.get(f"{W}font") or "").casefold() == "wingdings 2"
        element.set(f"{W}char", _symbol(second=second, taken=taken))
        return
    signs = list(element.text or "")
    signs[at] = _letter(run, control, taken=taken)
    element.text = "".join(signs)


def _symbol(*, second: bool, taken: bool) -> str:
    """Code of a box in Wingdings 2 or Wingdings."""
    if second:
        return "F052" if taken else "F0A3"
    return "F0FE" if taken else "F0A8"


def _state(control: _Element) -> _Element | None:
    return control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")


def _letter(run: _Element, control: _Element | None, *, taken: bool) -> str:
    """The letter that shows a box in a run: that of its control, of its symbol font, or of the alphabet."""
    if control is not None:
        name = "checkedState" if taken else "uncheckedState"
        told = control.find(f"{W}sdtPr/{W14}checkbox/{W14}{name}")
        code = "" if told is None else told.get(f"{W14}val") or ""
        if _is_hex(code):
            return chr(int(code, 16))
    if _in_symbol_font(run):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        second = fonts is not None and "2" in (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
        return chr(int(_symbol(second=second, taken=taken), 16))
    return TICKED_BOX if taken else EMPTY_BOX


def _set_form_box(begin: _Element, *, taken: bool) -> None:
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return
    state = box.find(f"{W}checked")
    if state is None:
        state = etree.SubElement(box, f"{W}checked")
    state.set(f"{W}val", "1" if taken else "0")
