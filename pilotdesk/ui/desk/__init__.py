"""The window of the province's desk."""
