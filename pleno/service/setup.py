"""A new workspace: pleno.toml, the database with its genesis, and the master data."""
