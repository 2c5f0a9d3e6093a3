/** The embedded database cannot be used. The message is one line that says what to do. */
export class EmbeddedDatabaseError extends Error {
  override name = "EmbeddedDatabaseError";
  /** Shown as it is, without a stack. */
  readonly oneLine = true;
}
