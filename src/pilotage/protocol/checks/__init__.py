"""What must hold between the parts of a protocol, one module a theme, one function a thing."""
