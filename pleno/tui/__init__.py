"""The terminal interface: screens and keys over the service (UX.md). Only this package knows Textual."""
