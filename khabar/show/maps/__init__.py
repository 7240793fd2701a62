"""Places as small maps: an SVG picture and dots in a terminal, over coarse outlines that are packaged here."""
