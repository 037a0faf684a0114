"""The floors that PilotDesk is measured against: the same work with nothing but the libraries.

Run as ``python tests/bench/floors.py window`` or ``… documents CONTENT.json FOLDER``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def window() -> None:
    """A bare PySide6 window with a label; prints the time of its first paint."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, painted)

    def painted() -> None:
        print(time.time(), flush=True)
        app.quit()

    app = QApplication([])
    bare = Bare()
    bare.setCentralWidget(QLabel("PilotDesk"))
    bare.resize(1366, 697)
    bare.show()
    app.exec()


def documents(content: Path, folder: Path) -> None:
    """The same text and tables with bare python-docx and bare reportlab."""
    pieces = json.loads(content.read_text("utf-8"))
    _bare_word(pieces, folder / "bare.docx")
    _bare_pdf(pieces, folder / "bare.pdf")


def _bare_word(pieces: list, target: Path) -> None:
    from docx import Document

    document = Document()
    for kind, content in pieces:
        if kind == "text":
            document.add_paragraph(content)
            continue
        table = document.add_table(rows=0, cols=max(len(row) for row in content), style="Table Grid")
        for row in content:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    document.save(target)


def _bare_pdf(pieces: list, target: Path) -> None:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    fonts = Path(__file__).parents[2] / "resources" / "fonts"
    # The same four faces that a form uses: 宋, 仿宋, 黑, 楷.
    for name, file in _faces(fonts).items():
        pdfmetrics.registerFont(TTFont(name, str(file)))
    body = ParagraphStyle("body", fontName="fang", fontSize=14, leading=26, wordWrap="CJK")
    small = ParagraphStyle("small", fontName="fang", fontSize=10.5, leading=15, wordWrap="CJK")
    story: list = []
    for kind, content in pieces:
        if kind == "text":
            story += [Paragraph(escape(line), body) for line in content.split("\n")]
            continue
        columns = max(len(row) for row in content)
        rows = [
            [Paragraph(escape(text), small) for text in row] + [""] * (columns - len(row)) for row in content
        ]
        table = Table(rows, colWidths=[442 / columns] * columns, repeatRows=1, splitInRow=1)
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
        story.append(table)
    SimpleDocTemplate(str(target)).build(story)


def _faces(folder: Path) -> dict[str, Path]:
    import tomllib

    listed = tomllib.loads((folder / "fonts.toml").read_text("utf-8"))
    names = ("fang", "song", "hei", "kai")
    return {
        name: folder / entry["file"]
        for name in names
        for entry in listed["font"]
        if f"print.{name}" in entry["roles"]
    }


if __name__ == "__main__":
    if sys.argv[1] == "window":
        window()
    else:
        documents(Path(sys.argv[2]), Path(sys.argv[3]))
