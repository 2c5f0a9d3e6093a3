"use client";

import { useEffect } from "react";
import { reportPageError } from "#components/page-errors/report.ts";
import { Button } from "./button.tsx";
import { PageName } from "./page-head.tsx";
import { useReturn } from "./use-return.ts";

/** Shown in place of a screen that could not be read, with a button to try again. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  useReturn(retry);
  useEffect(() => reportPageError("screen", error), [error]);
  const digest = error instanceof Error && "digest" in error ? error.digest : null;
  return (
    <div
      role="alert"
      className="mx-auto grid min-h-[60dvh] max-w-md content-center gap-2 px-4 text-center"
    >
      <title>Rollcall</title>
      <PageName title="This could not be read" />
      <p className="text-ink-2">
        The server could not answer just now; most often its database is away for a moment. Nothing
        that providers have sent is lost. This comes back by itself.
      </p>
      {typeof digest === "string" && (
        <p className="num text-ink-3 text-caption">In the server's log: {digest}</p>
      )}
      <p className="mt-3">
        <Button onClick={retry}>Try again</Button>
      </p>
    </div>
  );
}
