"""The desk's file: everything taken in and decided in one round."""
