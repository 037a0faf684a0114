"""The editors of single answers, one for each type of field."""
