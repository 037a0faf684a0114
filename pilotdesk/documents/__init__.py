"""WHAT IS PRINTED: outline, Word and PDF writers, fonts, digest, read-back."""
