"""The standards system: its tree, its figure, and the page with both and the table of standards."""
