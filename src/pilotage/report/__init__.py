"""From results to a report: one document model, drawn as HTML and Word."""
