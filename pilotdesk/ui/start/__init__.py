"""The start page: projects, their dates, what was deleted; and what is said when nothing can be opened."""
