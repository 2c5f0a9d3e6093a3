"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiFailure } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import type { ImportProgress, ImportResult } from "#domain/imports/imports.ts";
import { detailIn, type RefusedDetail } from "./detail.ts";
import { type ImportSettings, type OwnSettings, sendFile } from "./send-file.ts";

/** A chosen file, and how far it is. */
export interface Chosen {
  id: number;
  file: File;
  /** The settings of this file alone. */
  own: OwnSettings;
  state:
    | { step: "looking" | "adding"; progress: ImportProgress | null }
    | { step: "refused"; reason: string; details: readonly RefusedDetail[] }
    | { step: "seen" | "added"; result: ImportResult };
}

/**
 * The chosen files: each is previewed at once, and added on request, in the operator's name. `answer` sets
 * the operator's answers to the questions of one file. `onAdded` is called for each added file.
 */
export function useImports(settings: ImportSettings, onAdded: () => void) {
  const by = useOperator();
  const whenAdded = useRef(onAdded);
  whenAdded.current = onAdded;
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const latest = useRef(chosen);
  latest.current = chosen;
  const count = useRef(0);
  const stops = useRef(new Map<number, AbortController>());
  const turn = useRef<Promise<void>>(Promise.resolve());

  const put = useCallback((id: number, state: Chosen["state"]) => {
    setChosen((all) => all.map((one) => (one.id === id ? { ...one, state } : one)));
  }, []);

  const send = useCallback(
    (one: Chosen, how: ImportSettings, step: "looking" | "adding") => {
      stops.current.get(one.id)?.abort();
      const stop = new AbortController();
      stops.current.set(one.id, stop);
      put(one.id, { step, progress: null });
      // One after the other, so that a hundred files load the server no more than one.
      turn.current = turn.current.then(async () => {
        if (stop.signal.aborted) return;
        try {
          const onProgress = (progress: ImportProgress) => put(one.id, { step, progress });
          const order = { ...how, ...one.own, by: by ?? "", dry_run: String(step === "looking") };
          const result = await sendFile(one.file, order, onProgress, stop.signal);
          put(one.id, { step: step === "looking" ? "seen" : "added", result });
          if (step === "adding") whenAdded.current();
        } catch (error) {
          if (stop.signal.aborted) return;
          const reason = error instanceof Error ? error.message : String(error);
          const details = error instanceof ApiFailure ? error.details : [];
          put(one.id, { step: "refused", reason, details: details.flatMap(detailIn) });
        }
      });
    },
    [put, by],
  );

  const choose = useCallback(
    (files: readonly File[]) => {
      const fresh = files.map((file): Chosen => {
        count.current += 1;
        return { id: count.current, file, own: {}, state: { step: "looking", progress: null } };
      });
      setChosen((all) => [...all, ...fresh]);
      for (const one of fresh) send(one, settings, "looking");
    },
    [send, settings],
  );

  // A change of the settings previews the files again.
  const lookedWith = useRef(settings);
  useEffect(() => {
    if (lookedWith.current === settings) return;
    lookedWith.current = settings;
    const later = setTimeout(() => {
      for (const one of latest.current) {
        if (one.state.step !== "added" && one.state.step !== "adding") {
          send(one, settings, "looking");
        }
      }
    }, 300);
    return () => clearTimeout(later);
  }, [settings, send]);

  useEffect(() => {
    const all = stops.current;
    return () => {
      for (const stop of all.values()) stop.abort();
    };
  }, []);

  const add = useCallback(() => {
    for (const one of latest.current) {
      if (one.state.step === "seen" && one.state.result.rows.new > 0) send(one, settings, "adding");
    }
  }, [send, settings]);

  const answer = useCallback(
    (id: number, own: OwnSettings) => {
      const asked = latest.current.find((one) => one.id === id);
      if (asked === undefined) return;
      const updated = { ...asked, own: { ...asked.own, ...own } };
      setChosen((all) => all.map((one) => (one.id === id ? updated : one)));
      send(updated, settings, "looking");
    },
    [send, settings],
  );

  const drop = useCallback((id: number) => {
    stops.current.get(id)?.abort();
    setChosen((all) => all.filter((one) => one.id !== id));
  }, []);

  return { chosen, choose, answer, add, drop };
}
