"""Who stands at the door: bearer tokens, the keys they are signed with, and the guard of every declared route."""
