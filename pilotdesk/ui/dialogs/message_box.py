"""One sentence in a window without any of our look: what is wrong may be that fonts and colours are not there."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMessageBox


def show_plainly(text: str) -> None:
    """Show a sentence and wait until it is read."""
    app = QApplication.instance() or QApplication(["PilotDesk"])
    box = QMessageBox(QMessageBox.Icon.Warning, "PilotDesk", text)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    box.deleteLater()
    app.processEvents()
