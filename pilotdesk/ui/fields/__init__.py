"""A field on the page: its label, editor and issues, in groups that are built as they are needed."""
