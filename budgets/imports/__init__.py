"""Files of the finance system (e호조) as budget sources.

`validate_upload` looks into a file; `sandbox.pipeline` has it parsed in a child process (`sandbox_client` starts
`sandbox`, which reads by `sheets`, `layout` and `row_parser`), staged in batches under a draft source (`staging`) and
compared with what is in force (`comparison`, `unit_sanity`); `jobs` puts it in force by one row. What runs in the child
imports neither Django nor anything that reaches the database.
"""
