"""PilotDesk 标准化试点申报助手: from the questions of a form pack to a filled Word and PDF file."""

__version__ = "0.1.0"

__released__ = "2026-11-23"
"""The day of this release; a computer's clock before it is wrong (:mod:`pilotdesk.projects.clock_check`)."""
