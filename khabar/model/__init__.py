"""What things are: frozen records and their ids. Standard library only; nothing here reads, writes or decides."""
