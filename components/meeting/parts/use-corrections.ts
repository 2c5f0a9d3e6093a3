import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiFailure, askApi } from "#components/api/api.ts";
import type { IdentityCorrectionInput } from "#domain/meeting/identity-correction-input.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";

/** The corrections that one click enters or undoes. `key` identifies the page's button. */
export type CorrectionRequest =
  | { key: string; kind: "say"; verdicts: readonly (IdentityCorrectionInput | OnMeeting)[] }
  | { key: string; kind: "undo"; rulings: readonly string[] };

/** A correction of meetings: this one and another are one, or a new one begins at a moment (epoch ms). */
export type OnMeeting = { verdict: "joined"; other: string } | { verdict: "parted"; at: Ms };

const stored = async () => (await import("#server/meetings/schema.ts")).correction;

/**
 * Sends corrections. A request is under way until the page has received its event, as its changes arrive by push. A
 * failed request may be repeated and continues where it stopped.
 */
export function useCorrections({ id, seq }: Pick<MeetingFacts, "id" | "seq">) {
  const path = `/meetings/${encodeURIComponent(id)}/rulings`;
  const progress = useRef<{ correction: CorrectionRequest | null; done: number; seq: number }>(
    NOTHING_DONE,
  );
  const { mutate, isPending, error, data, variables } = useMutation({
    mutationFn: async ({ correction, by }: { correction: CorrectionRequest; by: string }) => {
      if (progress.current.correction !== correction)
        progress.current = { ...NOTHING_DONE, correction };
      const made = progress.current;
      for (const request of requestsOf(path, correction, by).slice(made.done)) {
        const storedSeq = await send(request);
        made.done += 1;
        made.seq = Math.max(made.seq, storedSeq);
      }
      return made.seq;
    },
  });
  const isUnderWay = isPending || (data !== undefined && data > seq);
  return {
    rule: mutate,
    error,
    /** The last request. */
    last: variables ?? null,
    /** The key of the request under way. */
    underWay: isUnderWay ? (variables?.correction.key ?? null) : null,
  };
}

const NOTHING_DONE = { correction: null, done: 0, seq: 0 };

/** Sends one request and returns the `seq` of its event; 0 where the correction was already undone by another. */
async function send(request: ApiRequest): Promise<number> {
  try {
    return (await askApi(request.path, stored, request)).seq;
  } catch (error) {
    const isGone = error instanceof ApiFailure && error.status === 404;
    if (isGone && request.method === "DELETE") return 0;
    throw error;
  }
}

interface ApiRequest {
  path: string;
  method: "POST" | "DELETE";
  body: object;
}

function requestsOf(path: string, correction: CorrectionRequest, by: string): ApiRequest[] {
  switch (correction.kind) {
    case "say":
      return correction.verdicts.map((input) => ({
        path,
        method: "POST",
        body: { ...bodyOf(input), by },
      }));
    case "undo":
      return correction.rulings.map((ruling) => ({
        path: `${path}/${encodeURIComponent(ruling)}`,
        method: "DELETE",
        body: { by },
      }));
    default:
      return correction satisfies never;
  }
}

function bodyOf(input: IdentityCorrectionInput | OnMeeting): object {
  if (input.verdict === "joined") return { verdict: input.verdict, with: input.other };
  if (input.verdict === "parted") return { verdict: input.verdict, at: toWireTime(input.at) };
  const { verdict, participantIds: participant_ids } = input;
  if (input.verdict !== "different") return { verdict, participant_ids };
  return { verdict, participant_ids, apart_from: input.apartFrom };
}
