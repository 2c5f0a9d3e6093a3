/** Rollcall cannot start. The message is one line that says what to do. */
export class StartFailure extends Error {
  override name = "StartFailure";
}
