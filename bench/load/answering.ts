/** Makes this process answer the messages of its parent. */
export function answering(work: (message: unknown) => Promise<object>): void {
  process.on("message", (message) => {
    work(message).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => process.exit(0));
}
