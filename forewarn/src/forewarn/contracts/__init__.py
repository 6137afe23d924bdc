"""The shapes every other floor of forewarn agrees on; imports nothing of forewarn."""
