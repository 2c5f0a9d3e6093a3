import { useEffect, useState } from "react";

const SETTLES_MS = 350;

/**
 * A text that a person types, handed on once typing pauses. It follows the value from outside, but not where
 * that value only echoes what was handed on while the person was still typing.
 */
export function useDraft(
  value: string,
  commit: (draft: string) => void,
  isComplete: (draft: string) => boolean = always,
): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setDraft(value);
    }
  }
  useEffect(() => {
    if (draft === sent || !isComplete(draft)) return;
    const timer = setTimeout(() => {
      setSent(draft);
      commit(draft);
    }, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [draft, sent, commit, isComplete]);
  return [draft, setDraft];
}

function always(): boolean {
  return true;
}
