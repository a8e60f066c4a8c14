"""One module per screen; what they share is in base.py."""
