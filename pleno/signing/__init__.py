"""Keys, certificates and signatures of those who sign a set; the only room that knows `cryptography`."""
