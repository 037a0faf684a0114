"""WHAT IS ALLOWED: closed expressions, dependency graph, checks, issues."""
