/** In the database the names of the schema are in snake case. */
export const CASING = "snake_case";
