"""The check page: everything that is open, and the way to each place."""
