"use client";

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { ApiFailure, askApi } from "#components/api/api.ts";
import { setTheme } from "#components/viewer/theme.ts";
import { LIST_NAMES } from "#domain/lists/lists.ts";
import { MeProvider, type MeShown, NOTHING_CHOSEN } from "./me.tsx";

/** What somebody chose, as it is sent. */
export type SettingsShown = MeShown["settings"];

/** A change of it: what is left out stays, and so does a list whose columns are left out. */
export type SettingsChange = Partial<Omit<SettingsShown, "columns">> & {
  columns?: Partial<Record<keyof SettingsShown["columns"], string[] | null>>;
};

interface OwnSettings {
  settings: SettingsShown;
  /**
   * Keeps a change with whoever is signed in: it is there at once, and `onKept` is called when it is stored. Where nobody
   * signs in there is nothing to store, `onKept` is called at once, and the browser keeps what it can.
   */
  keep(change: SettingsChange, onKept?: () => void): void;
  /** Why the last change was not stored. */
  failure: string | null;
  dismiss(): void;
}

const NOTHING: OwnSettings = {
  settings: NOTHING_CHOSEN,
  keep: (_, onKept) => onKept?.(),
  failure: null,
  dismiss: () => undefined,
};

const OwnSettingsContext = createContext<OwnSettings>(NOTHING);
/** Apart from the settings, for those that only hear whether another device changed something. */
const HeardContext = createContext<(changedAt: string | null) => void>(() => undefined);

const answered = async () => (await import("#server/access/schema.ts")).me;

/** Says who looks at everything below, and what they chose for all their devices. */
export function OwnSettingsProvider({
  me: opened,
  children,
}: {
  me: MeShown;
  children: ReactNode;
}) {
  const [seen, setSeen] = useState(opened);
  const [settings, setSettings] = useState(opened.settings);
  const [failure, setFailure] = useState<string | null>(null);
  const isMember = opened.id !== null;
  /** What is stored, as far as this page knows; changes are sent one after the other. */
  const stored = useRef({ me: opened, sending: Promise.resolve(), underWay: 0 });
  // Read again with the page: only where something was changed, or what is on its way would go back for a moment.
  if (opened.changed_at !== seen.changed_at) {
    setSeen(opened);
    setSettings(opened.settings);
  }
  useEffect(() => {
    const known = stored.current.me.changed_at ?? "";
    if ((opened.changed_at ?? "") > known) stored.current.me = opened;
  }, [opened]);

  // The browser shows it to a stranger too, as where they sign in again.
  useEffect(() => {
    if (isMember) setTheme(settings.theme ?? "system");
  }, [isMember, settings.theme]);

  const keep = useCallback(
    (change: SettingsChange, onKept?: () => void) => {
      if (!isMember) return onKept?.();
      const own = stored.current;
      setSettings((before) => changed(before, change));
      setFailure(null);
      own.underWay += 1;
      own.sending = own.sending.then(async () => {
        try {
          own.me = await askApi("/me", answered, { method: "PATCH", body: { settings: change } });
          onKept?.();
        } catch (error) {
          if (!(error instanceof ApiFailure)) throw error;
          setSettings(own.me.settings);
          setFailure(error.message);
        } finally {
          own.underWay -= 1;
        }
      });
    },
    [isMember],
  );

  const hear = useCallback((changedAt: string | null) => {
    const { me, underWay } = stored.current;
    if (changedAt === null || underWay > 0) return;
    if (me.changed_at === null || changedAt > me.changed_at) window.location.reload();
  }, []);

  const value = useMemo(
    () => ({ settings, keep, failure, dismiss: () => setFailure(null) }),
    [settings, keep, failure],
  );
  return (
    <MeProvider me={opened}>
      <OwnSettingsContext value={value}>
        <HeardContext value={hear}>{children}</HeardContext>
      </OwnSettingsContext>
    </MeProvider>
  );
}

/** What whoever looks chose for all their devices, and how to change it. */
export function useOwnSettings(): OwnSettings {
  return use(OwnSettingsContext);
}

/** Stands in every page: loads it anew where something of whoever looks was changed since, as on another device. */
export function OwnChanges({ changedAt }: { changedAt: string | null }) {
  const hear = use(HeardContext);
  useEffect(() => hear(changedAt), [hear, changedAt]);
  return null;
}

/** The settings after a change. */
function changed(before: SettingsShown, { columns, ...change }: SettingsChange): SettingsShown {
  const after = { ...before, ...change, columns: { ...before.columns } };
  for (const list of LIST_NAMES) {
    const shown = columns?.[list];
    if (shown === null) delete after.columns[list];
    else if (shown !== undefined) after.columns[list] = shown;
  }
  return after;
}
