"""The smallest theme part: validators want one, no style refers to it."""

from __future__ import annotations

from typing import Final

from pilotdesk.documents.word.markup import DECLARATION

_COLOURS: Final = (
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "000000"),
    ("lt2", "FFFFFF"),
    *((f"accent{number}", "000000") for number in range(1, 7)),
    ("hlink", "000000"),
    ("folHlink", "000000"),
)


def theme_part() -> str:
    """The whole of ``word/theme/theme1.xml``: black and white, 宋体 and Times New Roman."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS)
    faces = '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="PilotDesk">'
        f'<a:themeElements><a:clrScheme name="PilotDesk">{colours}</a:clrScheme>'
        f'<a:fontScheme name="PilotDesk"><a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="PilotDesk"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
