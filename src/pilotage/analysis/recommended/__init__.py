"""The preset `recommended`: what a feasibility study should estimate, and how sure one can be of it."""
