"use client";

import { useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogText, DialogTitle } from "#components/ui/dialog.tsx";
import { ZoneField } from "#components/zone/zone-field.tsx";

/** Before a statement is issued: in which zone its times are shown, and who will be able to check it. */
export function IssueDialog({
  open,
  ofDays,
  onIssue,
  onClose,
}: {
  open: boolean;
  /** Whether the statement is of days, which depend on the zone, and not of one meeting. */
  ofDays: boolean;
  onIssue: (zone: string) => void;
  onClose: () => void;
}) {
  const { timeZone, publicUrl } = useLiveParts();
  const [chosen, setChosen] = useState<string | null>(null);
  const zone = chosen ?? timeZone;
  return (
    <Dialog open={open} onClose={onClose}>
      <DialogTitle>Attendance statement</DialogTitle>
      <DialogText>
        {ofDays
          ? "It covers these days as they begin and end in this time zone, and gives its times in it."
          : "It gives its times in this time zone, and names it."}
      </DialogText>
      <div className="mt-3.5 grid gap-1 text-note text-ink-2">
        Time zone
        <ZoneField zone={zone} onZone={setChosen} label="Time zone of the statement" />
      </div>
      <p
        className={`mt-3.5 rounded-lg px-3 py-2 text-note ${publicUrl === null ? "bg-waiting-soft text-waiting-ink" : "bg-sunken text-ink-2"}`}
      >
        {publicUrl === null
          ? "Others will not be able to check it: its check address opens on this machine only. Set ROLLCALL_URL and PUBLIC_PORT first, as the README says, if they are to."
          : `Whoever holds it can check it at ${publicUrl}.`}
      </p>
      <DialogActions>
        <Button onClick={() => onIssue(zone)}>Issue</Button>
      </DialogActions>
    </Dialog>
  );
}
