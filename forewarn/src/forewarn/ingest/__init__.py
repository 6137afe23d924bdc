"""From published files to a store; each source is a folder of its own."""
