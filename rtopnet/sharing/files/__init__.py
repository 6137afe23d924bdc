"""Files as such, before they are anything in the database: their names, kinds, place on the disk, checks."""
