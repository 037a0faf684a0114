"""WHAT IS KEPT: the SQLite store and the .pilot package."""
