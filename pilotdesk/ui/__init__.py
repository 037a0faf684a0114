"""HOW IT LOOKS: the only room that imports PySide6."""
