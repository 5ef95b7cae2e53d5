"""One check a module: a row of the file in, findings out."""
