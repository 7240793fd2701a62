"""The watch over real loopback servers."""
