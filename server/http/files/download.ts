import type { Logger } from "#server/runtime/log.ts";
import { FileStopped } from "./progress.ts";

/**
 * Answers with a file that is made while it is sent: a piece is made only when the one before is on its way,
 * and none after the client has gone. A failure in the middle breaks the response off, so that half a file is
 * never taken for a whole one.
 */
export async function download(
  pieces: AsyncGenerator<string | Uint8Array>,
  { name, type }: { name: string; type: string },
  log: Pick<Logger, "error">,
): Promise<Response> {
  const encoder = new TextEncoder();
  // Reads the head and the first batch before answering, so that a failure there still gets an error status.
  const begun = [await pieces.next(), await pieces.next()];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = begun.shift() ?? (await pieces.next());
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      } catch (error) {
        if (!(error instanceof FileStopped)) log.error({ err: error }, "a download broke off");
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": disposition(name),
      "cache-control": "no-store",
      // A proxy must not buffer the whole file.
      "x-accel-buffering": "no",
    },
  });
}

/** RFC 6266: an ASCII name for every client, and the whole name for those that read `filename*`. */
function disposition(name: string): string {
  const clean = name.replace(/[\p{Cc}/\\]+/gu, "-");
  const plain = clean
    .normalize("NFKD")
    .replace(/[^ -~]+/g, "")
    .replace(/["%]/g, "");
  const whole = encodeURIComponent(clean).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
