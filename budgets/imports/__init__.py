"""Files of the finance system (e호조) as budget sources.

A file is looked into (`validate_upload`), parsed in a child process (`parsing` starts `child`, which reads by `sheets`, `layout` and `rows`),
staged in batches under a draft source (`staging`, `revenue`), held against what is in force (`comparison`, `unit_guard`) and then comes
into force by one row (`jobs`). What runs in the child imports neither Django nor anything that reaches the database.
"""
