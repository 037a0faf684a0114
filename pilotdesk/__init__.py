"""PilotDesk 标准化试点申报助手: from the questions of a form pack to a filled Word and PDF file."""

__version__ = "0.1.0"
