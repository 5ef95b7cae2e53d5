"""Each kind of document that is made: the study's report, a comparison, a plan, a protocol, forms on paper."""
