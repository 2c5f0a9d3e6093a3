"use client";

import { useState } from "react";
import { DeleteDialog } from "#components/operator/delete-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { grouped } from "#components/words/count.ts";
import { lengthWords, ruleWords } from "#domain/desk/alerts/words.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import type { RuleChoice, RuleShown } from "./shown.ts";
import { useSaveRule } from "./use-rules.ts";

/** When somebody is alarmed. */
export function RulesCard({
  rules,
  sources,
  groups,
}: {
  rules: readonly RuleShown[];
  sources: readonly RuleChoice[];
  groups: readonly RuleChoice[];
}) {
  const mayWrite = useMay("write");
  const [isMaking, setMaking] = useState(false);
  return (
    <Card
      title="Rules"
      note={rules.length > 0 ? grouped(rules.length) : undefined}
      aside={
        mayWrite && (
          <Button aria-haspopup="dialog" onClick={() => setMaking(true)}>
            Make a rule
          </Button>
        )
      }
    >
      {rules.length === 0 ? (
        <p className="px-4.5 py-6 text-ink-2">
          No rule yet. A rule alerts you when somebody waits too long, people are in without a host,
          a room is full, an expected meeting has not begun, or a source is silent.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {rules.map((rule) => (
            <li key={rule.id} className="px-4 py-3 sm:px-4.5">
              <Rule rule={rule} sources={sources} groups={groups} mayWrite={mayWrite} />
            </li>
          ))}
        </ul>
      )}
      {isMaking && (
        <RuleDialog sources={sources} groups={groups} onClose={() => setMaking(false)} />
      )}
    </Card>
  );
}

function Rule({
  rule,
  sources,
  groups,
  mayWrite,
}: {
  rule: RuleShown;
  sources: readonly RuleChoice[];
  groups: readonly RuleChoice[];
  mayWrite: boolean;
}) {
  const [asks, setAsks] = useState<"change" | "remove" | null>(null);
  const close = () => setAsks(null);
  const toggle = useSaveRule(rule.id, close);
  const words = ruleWords({ ...rule, afterMs: rule.after_ms, deed: rule.does });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3 className="wrap-anywhere font-strong text-dense">{rule.name}</h3>
        {!rule.on && <Pill tone="plain">Off</Pill>}
      </div>
      {words !== rule.name && <p className="wrap-anywhere text-note text-ink-2">{words}</p>}
      <p className="num wrap-anywhere text-caption text-ink-3">
        {detailsOf(rule, sources, groups)}
      </p>
      {mayWrite && (
        <div className="mt-1.5 flex flex-wrap gap-2 print:hidden">
          <Button look="small" className="text-note" onClick={() => setAsks("change")}>
            Change<span className="sr-only"> {rule.name}</span>
          </Button>
          <Button
            look="small"
            className="text-note"
            disabled={toggle.isPending}
            onClick={() => toggle.mutate({ on: !rule.on })}
          >
            {rule.on ? "Switch off" : "Switch on"}
            <span className="sr-only"> {rule.name}</span>
          </Button>
          <Button look="small" className="text-note" onClick={() => setAsks("remove")}>
            Remove<span className="sr-only"> {rule.name}</span>
          </Button>
        </div>
      )}
      {toggle.error !== null && (
        <p role="alert" className="mt-1 text-caption text-lost-ink">
          {toggle.error.message}
        </p>
      )}
      {asks === "change" && (
        <RuleDialog changed={rule} sources={sources} groups={groups} onClose={close} />
      )}
      {asks === "remove" && (
        <DeleteDialog
          title={<span className="wrap-anywhere">Remove “{rule.name}”?</span>}
          lead="It alerts nobody any more. Its alerts stay in the list, and are over."
          path={`/alert-rules/${rule.id}`}
          action="Remove the rule"
          underWay="Removing…"
          onClose={close}
        />
      )}
    </>
  );
}

function detailsOf(
  rule: RuleShown,
  sources: readonly RuleChoice[],
  groups: readonly RuleChoice[],
): string {
  const { repeat_ms: repeat, urgent_after_ms: urgent, quiet, rooms } = rule;
  const named = (ids: readonly string[], of: readonly RuleChoice[]) =>
    ids.map((id) => of.find((one) => one.id === id)?.name ?? id).join(", ");
  return [
    rule.sources === null ? "every source" : named(rule.sources, sources),
    ...(rule.groups === null ? [] : [named(rule.groups, groups)]),
    ...(rooms === null ? [] : [`rooms ${rooms.join(", ")}`]),
    repeat === null ? "not repeated" : `repeated every ${lengthWords(repeat)}`,
    ...(urgent === null ? [] : [`urgent after ${lengthWords(urgent)}`]),
    ...(quiet === null ? [] : [`quiet from ${quiet.from} to ${quiet.to}`]),
  ].join(" · ");
}
