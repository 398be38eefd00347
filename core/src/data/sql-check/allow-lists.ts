const words = (text: string) => new Set(text.trim().split(/\s+/));

/**
 * Functions of pg_catalog that plugins may call: they compute from their arguments and nothing else. What is not
 * here (settings, files, large objects, locks, sleeping, notification, catalogue access, SQL in strings) is refused.
 */
export const FUNCTIONS = words(`
  abs ceil ceiling floor round trunc sign mod div power sqrt cbrt exp ln log gcd lcm greatest least width_bucket random
  length char_length character_length octet_length bit_length lower upper initcap trim btrim ltrim rtrim substring substr
  left right lpad rpad position strpos starts_with replace translate reverse repeat split_part concat concat_ws format
  ascii chr md5 sha256 sha512 encode decode quote_literal quote_ident quote_nullable overlay to_hex string_to_array
  array_to_string normalize regexp_replace regexp_match regexp_matches regexp_count regexp_like regexp_substr
  regexp_split_to_array regexp_split_to_table string_to_table
  now transaction_timestamp statement_timestamp clock_timestamp date_trunc date_part extract age make_date
  make_timestamp make_timestamptz make_interval to_char to_date to_timestamp to_number date_bin justify_days
  justify_hours justify_interval isfinite timezone
  count sum avg min max array_agg string_agg bool_and bool_or every json_agg jsonb_agg json_object_agg
  jsonb_object_agg stddev stddev_pop stddev_samp variance var_pop var_samp corr percentile_cont percentile_disc mode
  bit_and bit_or
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  array_length array_position array_positions array_append array_prepend array_cat array_remove array_replace
  array_lower array_upper array_ndims cardinality unnest generate_series generate_subscripts trim_array
  jsonb_build_object jsonb_build_array json_build_object json_build_array to_json to_jsonb row_to_json
  jsonb_array_elements jsonb_array_elements_text json_array_elements json_array_elements_text jsonb_array_length
  json_array_length jsonb_each jsonb_each_text json_each json_each_text jsonb_object_keys json_object_keys
  jsonb_extract_path jsonb_extract_path_text json_extract_path json_extract_path_text jsonb_set jsonb_insert
  jsonb_strip_nulls json_strip_nulls jsonb_typeof json_typeof jsonb_to_record jsonb_to_recordset json_to_record
  json_to_recordset jsonb_pretty jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_path_exists
  jsonb_concat jsonb_object
  to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_rank_cd ts_headline
  setweight tsvector_to_array numnode querytree strip array_to_tsvector
  gen_random_uuid uuidv4 uuidv7 num_nonnulls num_nulls coalesce nullif
  like_escape similar_to_escape like ilike overlaps
`);

/** Types that may be named; enums and domains of the plugin's own schema come on top. */
export const TYPES = words(`
  bool int2 int4 int8 float4 float8 numeric text varchar bpchar char uuid json jsonb jsonpath date time timetz
  timestamp timestamptz interval bytea tsvector tsquery bit varbit inet cidr macaddr daterange tsrange tstzrange
  int4range int8range numrange smallint integer bigint serial bigserial point box circle
`);

/** Node kinds that a named query may consist of. */
export const QUERY_NODES = words(`
  SelectStmt InsertStmt UpdateStmt DeleteStmt ResTarget ColumnRef A_Star String A_Const A_Expr BoolExpr NullTest
  BooleanTest FuncCall TypeCast TypeName ParamRef RangeVar RangeSubselect RangeFunction JoinExpr SortBy CaseExpr
  CaseWhen CoalesceExpr MinMaxExpr SubLink WithClause CommonTableExpr WindowDef A_ArrayExpr A_Indirection A_Indices
  RowExpr LockingClause List Integer Float Boolean BitString InferClause IndexElem OnConflictClause MultiAssignRef
  SetToDefault CollateClause GroupingSet SQLValueFunction GroupingFunc NamedArgExpr Alias ReturningClause
  ReturningOption ColumnDef
`);

/** On top of those, what a migration may consist of. */
export const MIGRATION_NODES = words(`
  CreateStmt AlterTableStmt AlterTableCmd IndexStmt CreateEnumStmt AlterEnumStmt CreateDomainStmt AlterDomainStmt
  ViewStmt CommentStmt DropStmt RenameStmt CreateSeqStmt AlterSeqStmt Constraint DefElem PartitionSpec PartitionElem
  PartitionBoundSpec PartitionCmd PartitionRangeDatum TableLikeClause StatsElem
  CreateStatsStmt
`);

export const ALTER_TABLE = words(`
  AT_AddColumn AT_DropColumn AT_ColumnDefault AT_DropNotNull AT_SetNotNull AT_AlterColumnType AT_AddConstraint
  AT_DropConstraint AT_ValidateConstraint AT_AlterConstraint AT_SetStatistics AT_SetStorage AT_SetCompression
  AT_AttachPartition AT_DetachPartition AT_EnableRowSecurity AT_ForceRowSecurity AT_AddIdentity AT_SetIdentity
  AT_DropIdentity AT_SetExpression AT_DropExpression AT_SetRelOptions AT_ResetRelOptions AT_ClusterOn AT_DropCluster
`);

export const DROPPABLE = words(`
  OBJECT_TABLE OBJECT_INDEX OBJECT_VIEW OBJECT_TYPE OBJECT_SEQUENCE OBJECT_DOMAIN OBJECT_STATISTIC_EXT
`);

export const RENAMABLE = words(`
  OBJECT_TABLE OBJECT_COLUMN OBJECT_INDEX OBJECT_VIEW OBJECT_TYPE OBJECT_SEQUENCE OBJECT_TABCONSTRAINT OBJECT_DOMAIN
  OBJECT_ATTRIBUTE
`);

/** CURRENT_USER and its kin would tell a plugin what it has no business with. */
export const VALUE_FUNCTIONS = words(`
  SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N
  SVFOP_LOCALTIME SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N
`);
