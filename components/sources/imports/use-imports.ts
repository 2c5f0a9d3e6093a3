"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useReducer, useRef } from "react";
import { ApiFailure } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import type { ImportProgress, ImportResult } from "#domain/sources/imports/imports.ts";
import {
  type Chosen,
  chosenAfter,
  hasLinesToAdd,
  isToBeLookedAtAgain,
  type SendStep,
} from "./chosen-files.ts";
import { detailIn } from "./detail.ts";
import { type ImportSettings, type OwnSettings, sendFile } from "./send-file.ts";

/** How long settings rest before the files are previewed with them. */
const SETTLED_MS = 300;

/** A file on its way to the server, until `stop`. */
interface Sending {
  one: Chosen;
  how: ImportSettings;
  step: SendStep;
  stop: AbortSignal;
}

/**
 * The chosen files: each is previewed at once, and added on request, in the operator's name. `answer` sets
 * the operator's answers to the questions of one file. `onAdded` is called for each added file.
 */
export function useImports(settings: ImportSettings, onAdded: () => void) {
  const by = useOperator();
  const [chosen, change] = useReducer(chosenAfter, []);
  const count = useRef(0);
  const stops = useRef(new Map<number, AbortController>());
  const move = (id: number, state: Chosen["state"]) => change({ kind: "moved", id, state });

  const { mutate } = useMutation({
    // One after the other, so that a hundred files load the server no more than one.
    scope: { id: "imports" },
    mutationFn: async ({ one, how, step, stop }: Sending): Promise<ImportResult | null> => {
      if (stop.aborted) return null;
      const onProgress = (progress: ImportProgress) => move(one.id, { step, progress });
      const order = { ...how, ...one.own, by: by ?? "", dry_run: String(step === "looking") };
      return sendFile(one.file, order, onProgress, stop);
    },
    onSuccess: (result, { one, step }) => {
      if (result === null) return;
      move(one.id, { step: step === "looking" ? "seen" : "added", result });
      if (step === "adding") onAdded();
    },
    onError: (error, { one, stop }) => {
      if (stop.aborted) return;
      const details = error instanceof ApiFailure ? error.details : [];
      move(one.id, { step: "refused", reason: error.message, details: details.flatMap(detailIn) });
    },
  });

  const send = (one: Chosen, step: SendStep) => {
    stops.current.get(one.id)?.abort();
    const stop = new AbortController();
    stops.current.set(one.id, stop);
    move(one.id, { step, progress: null });
    mutate({ one, how: settings, step, stop: stop.signal });
  };

  const choose = (files: readonly File[]) => {
    const fresh = files.map((file): Chosen => {
      count.current += 1;
      return { id: count.current, file, own: {}, state: { step: "looking", progress: null } };
    });
    change({ kind: "chosen", files: fresh });
    for (const one of fresh) send(one, "looking");
  };

  const lookAgain = useEffectEvent(() => {
    for (const one of chosen.filter(isToBeLookedAtAgain)) send(one, "looking");
  });
  const lookedWith = useRef(settings);
  useEffect(() => {
    if (lookedWith.current === settings) return;
    lookedWith.current = settings;
    const later = setTimeout(() => lookAgain(), SETTLED_MS);
    return () => clearTimeout(later);
  }, [settings]);

  useEffect(() => {
    const all = stops.current;
    return () => {
      for (const stop of all.values()) stop.abort();
    };
  }, []);

  const add = () => {
    for (const one of chosen.filter(hasLinesToAdd)) send(one, "adding");
  };

  const answer = (id: number, own: OwnSettings) => {
    const asked = chosen.find((one) => one.id === id);
    if (asked === undefined) return;
    const updated = { ...asked, own: { ...asked.own, ...own } };
    change({ kind: "answered", id, own: updated.own });
    send(updated, "looking");
  };

  const drop = (id: number) => {
    stops.current.get(id)?.abort();
    change({ kind: "dropped", id });
  };

  return { chosen, choose, answer, add, drop };
}
