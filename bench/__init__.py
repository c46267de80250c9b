"""How fast kg is, and how much memory it takes: `python -m bench`."""
