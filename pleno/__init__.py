"""pleno: the table at which a PPK settles every TPS form in the open.

This module imports nothing, so that `pleno --version` and the first screen are quick.
"""

__version__ = "0.1.0"
