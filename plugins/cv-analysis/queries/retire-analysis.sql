-- Makes room for the next version; says which it is.
update analyses set is_latest = false
where document_id = :documentId and job_id = :jobId and is_latest
returning version
