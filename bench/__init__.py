"""Measurements of what DESIGN.md promises: each beside its peer, in the same run.

`python -m bench.append` measures one, `python -m bench` all. Times vary with the machine; the ratios hold.
"""
