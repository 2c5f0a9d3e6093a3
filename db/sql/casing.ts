/** Names of the schema are in snake case in the database. */
export const CASING = "snake_case";
