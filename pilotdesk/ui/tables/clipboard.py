r"""Tables as spreadsheets copy them: cells separated by tabs, rows by line ends, quotes around cells with either.

Excel and WPS write a cell that contains a tab, a line end or a quote in double quotes, quotes inside doubled; a
cell that merely begins with a quote is written as it is.
"""

from __future__ import annotations


def parse_tsv(text: str) -> list[list[str]]:
    r"""Rows of cells of what was copied in a spreadsheet.

    The line end that spreadsheets add after the last row makes no row of its own. A quote that is not closed
    is taken as an ordinary character, so that no text is lost.

    Args:
        text: as on the clipboard, line ends of any kind.
    """
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    while True:
        cell, sign, rest = _cell(rest)
        rows[-1].append(cell)
        if sign == "\n" and rest:
            rows.append([])
        elif sign != "\t":
            return rows if rows != [[""]] else []


def _cell(rest: str) -> tuple[str, str, str]:
    """The first cell, the sign after it (empty at the end), and what follows."""
    if rest.startswith('"'):
        at = 1
        while (end := rest.find('"', at)) >= 0:
            if rest[end + 1 : end + 2] == '"':
                at = end + 2
                continue
            if rest[end + 1 : end + 2] in {"", "\t", "\n"}:
                cell = rest[1:end].replace('""', '"')
                return cell, rest[end + 1 : end + 2], rest[end + 2 :]
            break
    ends = [at for at in (rest.find("\t"), rest.find("\n")) if at >= 0]
    if not ends:
        return rest, "", ""
    end = min(ends)
    return rest[:end], rest[end], rest[end + 1 :]


def write_tsv(rows: list[list[str]]) -> str:
    r"""Rows of cells as a spreadsheet reads them; every row ends in a line end."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell
