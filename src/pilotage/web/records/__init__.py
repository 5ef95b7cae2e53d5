"""The records of the studies: the only models, the only writes, and what each person may read of them."""
