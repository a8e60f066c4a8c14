"""The practice kecamatan, and a whole pleno carried through it without a screen."""
