"""RtoPNet: the working place of a regional Responsibility-to-Protect network."""
