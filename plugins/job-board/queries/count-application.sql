update jobs set application_count = application_count + 1 where id = :id
