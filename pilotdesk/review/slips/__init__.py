"""退回单: the file for the unit, and the notice to print."""
