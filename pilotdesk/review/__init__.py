"""The province's desk without its window: what was handed in is taken in, checked, returned and chosen.

What a unit handed in is never changed here. Everything below gives findings and papers; the person at the desk decides.
"""
