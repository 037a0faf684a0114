"""What makes a command; every module with commands is handed it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

AddCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
"""Makes a command: its name, what carries it out and returns the exit code, a Chinese sentence about it."""
