"""The pages of the real PDF, and the export."""
