"""How a draft came to be: history, newer versions of its form, what other forms say by now."""
