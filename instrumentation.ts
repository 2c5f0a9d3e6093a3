import type { Instrumentation } from "next";

/** A page or route that failed goes to the server's log, under the digest that its error screen shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // biome-ignore lint/style/noProcessEnv: the build puts a value here, and so leaves the other runtime out.
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  if (isStoppedFile(error)) return;
  const { processContext } = await import("#server/runtime/process-context.ts");
  const digest = error instanceof Error && "digest" in error ? error.digest : null;
  // Not the path: it may say whom somebody looks for.
  const about = { err: error, digest, method: request.method };
  processContext().log.error({ ...about, route: context.routePath }, "page failed");
};

/** A file has to break off where it is no longer wanted; told by its name, which outlives the bundling. */
function isStoppedFile(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && error.cause.name === "FileStopped"
  );
}
