/** One thing that a file was refused for, as the API answers it. */
export interface RefusedDetail {
  field: string;
  message: string;
  /** A value that would settle it. */
  value: string | null;
  /** The column that it is about, and what that was taken for. */
  column: string | null;
  as: string | null;
}

/** What an answer says, where it can be read. */
export function detailIn(answer: unknown): RefusedDetail[] {
  if (typeof answer !== "object" || answer === null) return [];
  const text = (name: string): string | null => {
    const value: unknown = Object.getOwnPropertyDescriptor(answer, name)?.value;
    return typeof value === "string" ? value : null;
  };
  const [field, message] = [text("field"), text("message")];
  if (field === null || message === null) return [];
  return [{ field, message, value: text("value"), column: text("column"), as: text("as") }];
}
