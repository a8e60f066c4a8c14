"""What screens are built of; widgets get plain values and know nothing of a workspace."""
