"""WHAT IS ASKED: typed packs, codecs, loader, lint."""
