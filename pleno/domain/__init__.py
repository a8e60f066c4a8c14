"""What a pleno is: forms, figures, comparison, rules, recap, entries and states.

Standard library only; no files, no clock, no randomness, no globals that change.
"""
