"""Reads of the room: frozen values of what the acting account may see."""
