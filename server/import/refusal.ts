/** A file of which nothing was taken. The message is for whoever sent it. */
export class NotUnderstood extends Error {
  override name = "NotUnderstood";
}
