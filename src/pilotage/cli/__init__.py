"""The command line: one module for each command, each a few lines over the library."""
