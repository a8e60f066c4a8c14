"""Everything the program can do, one module per phase of the pleno.

The command line and the screens call nothing else. An act checks who and when, makes
entries, and commits them in one transaction (domain/apply.py turns them into state).
"""
