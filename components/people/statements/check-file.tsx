"use client";

import { type ChangeEvent, type FormEvent, useState, useTransition } from "react";
import { ApiFailure, askApi } from "#components/api/api.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { readHash } from "#domain/people/statements/hash.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { statementChecked } from "#server/people/statements/schema.ts";
import { VerdictNotice } from "./verdict.tsx";

type Answer = AnswerOf<typeof statementChecked>;

const answerSchema = async () =>
  (await import("#server/people/statements/schema.ts")).statementChecked;

type Outcome =
  | { kind: "answer"; answer: Answer }
  /**
   * `isOfInput` where the hash or file itself cannot be compared: then no other verdict is shown beside the
   * failure.
   */
  | { kind: "failure"; message: string; isOfInput: boolean };

const MOST_BYTES = 1_000_000;

/** Compares the reader's copy with the issued statement: the hash on a paper, or the facts in a file. */
export function CheckFile({
  id,
  timeZone,
  onCompared,
}: {
  id: string;
  timeZone: string;
  /** Called with whether there is a verdict on the reader's copy. */
  onCompared: (isCompared: boolean) => void;
}) {
  const [hash, setHash] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isChecking, startChecking] = useTransition();
  const check = (read: () => Promise<object>) =>
    startChecking(async () => {
      const came = await checked(id, read);
      setOutcome(came);
      onCompared(came.kind === "answer" || came.isOfInput);
    });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    check(async () => ({ hash: wholeHash(hash) }));
  };
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) check(() => factsIn(file));
    // The same file may be chosen again when it has changed.
    event.target.value = "";
  };
  return (
    <section
      aria-labelledby="compare"
      className="rounded-card border border-line border-dashed px-5 py-4 text-dense print:hidden"
    >
      <h2 id="compare" className="font-semibold">
        Compare a paper or a file
      </h2>
      <p className="mt-1 text-ink-2">
        Type the hash from a paper, or choose the file of a statement. Nothing is stored.
      </p>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <form
          onSubmit={onSubmit}
          className="flex min-w-0 flex-1 basis-full flex-wrap items-end gap-2 sm:basis-0"
        >
          <label className="grid min-w-0 flex-1 basis-full gap-1 sm:min-w-52 sm:basis-0 text-note text-ink-2">
            Hash
            <input
              value={hash}
              onChange={(event) => setHash(event.target.value)}
              spellCheck={false}
              autoComplete="off"
              className="h-9 rounded-lg border border-line bg-ground px-2.5 font-mono text-dense text-ink"
            />
          </label>
          <Button type="submit" disabled={hash.trim() === "" || isChecking}>
            Compare
          </Button>
        </form>
        <label
          className={buttonLook({
            className: "cursor-pointer focus-within:outline-2 focus-within:outline-focus",
          })}
        >
          Choose a file
          <input
            type="file"
            accept=".json,application/json"
            onChange={onFile}
            className="sr-only"
          />
        </label>
      </div>
      <div aria-live="polite" className="mt-3">
        {isChecking && <p className="text-ink-2">Comparing…</p>}
        {!isChecking && outcome?.kind === "failure" && (
          <p role="alert" className="text-lost-ink">
            {outcome.message}
          </p>
        )}
        {!isChecking && outcome?.kind === "answer" && (
          <VerdictNotice
            verdict={outcome.answer.verdict}
            altered={outcome.answer.altered.map(fromWire)}
            corrected={outcome.answer.corrected.map(fromWire)}
            face={ClockFormat.in(timeZone)}
          />
        )}
      </div>
    </section>
  );
}

async function checked(id: string, read: () => Promise<object>): Promise<Outcome> {
  try {
    const body = await read();
    const path = `/statements/${encodeURIComponent(id)}/check`;
    return { kind: "answer", answer: await askApi(path, answerSchema, { method: "POST", body }) };
  } catch (error) {
    const isKnown = error instanceof ApiFailure || error instanceof NoStatement;
    if (!isKnown) throw error;
    return { kind: "failure", message: error.message, isOfInput: error instanceof NoStatement };
  }
}

class NoStatement extends Error {
  override name = "NoStatement";
}

/** A hash as the reader typed it. Throws `NoStatement` where it is none. */
function wholeHash(text: string): string {
  const { hash, wrong } = readHash(text);
  if (hash === null) throw new NoStatement(`This is ${wrong}.`);
  return hash;
}

/** The hash and the facts in a file. Throws `NoStatement` where there are neither, or the file is too large. */
async function factsIn(file: File): Promise<object> {
  if (file.size > MOST_BYTES) throw new NoStatement("This file is too large to be a statement.");
  const text = await file.text();
  try {
    const { hash, facts } = Object(JSON.parse(text));
    if (hash === undefined && facts === undefined) throw new NoStatement(NOT_ONE);
    return { hash, facts: facts ?? undefined };
  } catch (cause) {
    if (cause instanceof NoStatement) throw cause;
    throw new NoStatement(NOT_ONE, { cause });
  }
}

const NOT_ONE = "This file is not a statement: it has neither a hash nor facts.";

function fromWire({ meeting_id, fact, was, is }: Answer["altered"][number]) {
  return { meetingId: meeting_id, fact, was, is };
}
