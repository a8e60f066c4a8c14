"""The command line: parse, call the service, print. It knows no file format and no SQL.

Heavy packages are imported inside the commands, so that `pleno --version` and help are quick.
"""
