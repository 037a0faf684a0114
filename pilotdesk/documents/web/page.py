"""The frame of a page: head, policy and style."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0; background: #f3f4f6; color: #1a2230; line-height: 1.7;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "宋体", serif; font-size: 16px; }
main { max-width: 820px; margin: 24px auto; padding: 40px 56px; background: #fff; border: 1px solid #d7dce3; }
h1, h2, h3, h4, th, .label, .head { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "SimHei", "黑体", sans-serif; }
h1 { font-size: 26px; text-align: center; margin: 24px 0; line-height: 1.4; }
h2 { font-size: 20px; margin: 36px 0 12px; } h3 { font-size: 17px; margin: 24px 0 8px; } h4 { font-size: 16px; }
p { margin: 8px 0; text-align: justify; overflow-wrap: anywhere; } .body p { text-indent: 2em; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 10px 0 18px; font-size: 14px; line-height: 1.5; }
table.auto { table-layout: auto; }
td, th { border: 1px solid #5c6675; padding: 5px 8px; vertical-align: middle; overflow-wrap: anywhere; }
th, .label, .head { background: #f0f3f7; font-weight: 600; text-align: center; }
.center { text-align: center; } .right { text-align: right; } .total { font-weight: 700; background: #f7f9fb; }
caption { font-weight: 600; padding: 6px; caption-side: top; }
.note { font-size: 13px; color: #4a5565; } .mark { text-align: center; color: #8a4b00; font-weight: 600; }
.reference { text-align: center; font-size: 13px; color: #4a5565; }
.cover { text-align: center; padding: 48px 0 32px; border-bottom: 1px solid #d7dce3; }
.cover dl { display: inline-grid; grid-template-columns: auto 1fr; gap: 8px 20px; text-align: left; margin: 24px 0 0; }
.cover dt { font-weight: 600; } .cover dd { margin: 0; }
.seal { border: 1px solid #5c6675; padding: 10px 14px; margin: 0 0 14px; }
.seal .foot { display: flex; justify-content: space-between; margin-top: 40px; }
.tree { margin: 6px 0; padding-left: 26px; } .tree li { margin: 3px 0; }
.box { border: 1px solid #d7dce3; background: #f7f9fb; padding: 4px 18px; margin: 16px 0; }
.done { color: #1a6b3c; } .late { color: #a3261e; font-weight: 700; } a { color: #17508f; }
@media print { @page { size: A4; margin: 22mm 20mm; } body { background: #fff; font-size: 11pt; }
  main { border: 0; margin: 0; padding: 0; max-width: none; } h2, h3, h4, caption { break-after: avoid; }
  tr, .seal { break-inside: avoid; } thead { display: table-header-group; } .cover, .new { break-after: page; }
  table { font-size: 9.5pt; } a { color: inherit; text-decoration: none; } }
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, pieces: Iterable[str]) -> str:
    """A whole page.

    Args:
        title: plain text, shown by the browser.
        pieces: markup, everything in it escaped already.
    """
    body = "\n".join(pieces)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Text inside an element: escaped, its lines kept, signs that no page may hold replaced."""
    legal = "".join(sign if sign >= " " or sign in "\n\t" else "\ufffd" for sign in words)
    legal = legal.encode("utf-8", "replace").decode()
    return escape(legal).replace("\n", "<br>")
