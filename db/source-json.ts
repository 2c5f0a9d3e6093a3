/** SQL for a `WireSource` of a row of `sources`, with whatever else is asked of it. */
export function sourceJson(row: string, more = ""): string {
  return `json_strip_nulls(json_build_object('id', ${row}.id, 'provider', ${row}.provider,
    'name', ${row}.name, 'demo', case when ${row}.is_demo then true end${more}))`;
}
