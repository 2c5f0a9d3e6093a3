/** One reason why a file was refused, as the API answers it. */
export interface RefusedDetail {
  field: string;
  message: string;
  /** A value that would answer the question. */
  value: string | null;
  /** The column in question, and what it was taken for. */
  column: string | null;
  as: string | null;
}

/** The details of an answer; those that cannot be read are left out. */
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
