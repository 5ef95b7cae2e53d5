"""Published questionnaires as data: which items, keyed how, scored into which scales."""
