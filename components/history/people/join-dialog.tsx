"use client";

import { Modal, ModalClose, ModalDescription, ModalTitle } from "#components/ui/modal.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { counted } from "#components/words/count.ts";
import type { Suggestion } from "#domain/history/people.ts";
import { KnownLine } from "./known-as.tsx";

/** What joining two would change, before it is said. */
export function JoinDialog({
  suggestion,
  onJoin,
  onClose,
}: {
  suggestion: Suggestion | null;
  onJoin: (suggestion: Suggestion) => void;
  onClose: () => void;
}) {
  return (
    <Modal
      open={suggestion !== null}
      onClose={onClose}
      className="dialog fixed inset-x-3 top-[14dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none"
    >
      {suggestion !== null && (
        <>
          <ModalTitle className="font-semibold text-[15px] tracking-[-0.01em]">
            Are they one person?
          </ModalTitle>
          <ul className="mt-3 grid gap-2">
            {[suggestion.one, suggestion.other].map((side) => (
              <li
                key={side.id}
                className="num rounded-lg bg-sunken px-3 py-2 text-[13px] text-ink-2"
              >
                <bdi className="font-[560] text-ink">{nameOf(side.name)}</bdi>
                <span className="block text-xs">
                  <KnownLine known={side} />
                  {side.knownBy === "name" && "guest, by name · "}
                  {counted(side.meetings, "meeting", "meetings")}
                </span>
              </li>
            ))}
          </ul>
          <ModalDescription className="mt-3 text-[13px] text-ink-2">
            They become one row and one page: their meetings are counted once each, and what they
            attended of one meeting together is not added up. Nothing that was recorded changes,
            other meetings' pages stay as they are, and you can take it back at any time. Both
            addresses lead to the person.
          </ModalDescription>
          <div className="mt-4 flex justify-end gap-2">
            <ModalClose className="button">Cancel</ModalClose>
            <button type="button" onClick={() => onJoin(suggestion)} className="button font-[560]">
              They are one
            </button>
          </div>
        </>
      )}
    </Modal>
  );
}
