import { useRouter } from "next/navigation";
import { useState } from "react";
import { encode } from "uqr";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { useMe } from "#components/viewer/me.tsx";
import { DoorField } from "./door-field.tsx";
import { askLibrary } from "./library.ts";
import { useDoor } from "./use-door.ts";

/** What an app needs to show codes, and what replaces it where it is lost. */
interface Enrolment {
  uri: string;
  backupCodes: string[];
}

/** A code besides the password: set up with an app, or taken away. */
export function SecondFactor() {
  const router = useRouter();
  const { second_factor } = useMe();
  return (
    <details className="border-line border-t">
      <summary className="cursor-pointer px-4 py-2.5 text-dense text-ink-2 sm:px-4.5">
        Code besides the password: {second_factor ? "on" : "off"}
      </summary>
      <div className="max-w-md px-4 pb-4 sm:px-4.5">
        {second_factor ? <TakeAway /> : <SetUp onDone={() => router.refresh()} />}
      </div>
    </details>
  );
}

/** Sets a code up: with the password again, an app, and the first code that it shows. */
export function SetUp({ onDone }: { onDone: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  if (enrolment !== null) return <Confirm enrolment={enrolment} onDone={onDone} />;
  return (
    <>
      <p className="pb-3 text-note text-ink-2">
        An app on your telephone shows a new code every half minute, and it is asked for whenever
        you sign in.
      </p>
      <WithPassword
        action="Set it up"
        act={async (password) => {
          const { totpURI, backupCodes } = await askLibrary("/two-factor/enable", { password });
          setEnrolment({ uri: String(totpURI), backupCodes: textsIn(backupCodes) });
        }}
      />
    </>
  );
}

function TakeAway() {
  const router = useRouter();
  return (
    <>
      <p className="pb-3 text-note text-ink-2">Without it your password alone signs you in.</p>
      <WithPassword
        action="Take it away"
        act={async (password) => {
          await askLibrary("/two-factor/disable", { password });
          router.refresh();
        }}
      />
    </>
  );
}

/** The picture and the codes, and the first code of the app, without which nothing is asked later. */
function Confirm({
  enrolment: { uri, backupCodes },
  onDone,
}: {
  enrolment: Enrolment;
  onDone: () => void;
}) {
  const [code, setCode] = useState("");
  const { submit, isTrying, failure } = useDoor(async () => {
    await askLibrary("/two-factor/verify-totp", { code: code.replaceAll(" ", "") });
    onDone();
  });
  const secret = URL.parse(uri)?.searchParams.get("secret") ?? "";
  return (
    <form onSubmit={submit} className="grid gap-3">
      <p className="text-note text-ink-2">Scan this with the app, or type the key.</p>
      <QrCode text={uri} />
      <p className="flex items-center justify-between gap-2 rounded-lg bg-sunken px-2.5 py-1.5">
        <code className="wrap-anywhere text-dense">{secret}</code>
        <CopyButton text={secret} label="Copy the key" />
      </p>
      <div>
        <p className="text-note text-ink-2">
          Where the app is lost, each of these signs you in once. Write them down now: they are
          never shown again.
        </p>
        <p className="mt-1.5 flex items-start justify-between gap-2 rounded-lg bg-sunken px-2.5 py-1.5">
          <code className="grid grid-cols-2 gap-x-4 text-dense">
            {backupCodes.map((one) => (
              <span key={one}>{one}</span>
            ))}
          </code>
          <CopyButton text={backupCodes.join("\n")} label="Copy the codes" />
        </p>
      </div>
      <DoorField
        label="The code that the app shows now"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      {failure !== null && <DialogFailure>{failure}</DialogFailure>}
      <div>
        <Button look="primary" type="submit" disabled={isTrying}>
          {isTrying ? "Checking…" : "Turn it on"}
        </Button>
      </div>
    </form>
  );
}

/** Something that needs the password again, because a browser may have been left open. */
function WithPassword({
  action,
  act,
}: {
  action: string;
  act: (password: string) => Promise<void>;
}) {
  const [password, setPassword] = useState("");
  const { submit, isTrying, failure } = useDoor(() => act(password));
  return (
    <form onSubmit={submit} className="grid max-w-sm gap-3">
      <DoorField
        label="Your password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      {failure !== null && <DialogFailure>{failure}</DialogFailure>}
      <div>
        <Button type="submit" disabled={isTrying}>
          {isTrying ? "One moment…" : action}
        </Button>
      </div>
    </form>
  );
}

/** Black on white in every theme: cameras read nothing else. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="The key as a picture for the app"
      className="size-44 rounded-lg bg-white"
      shapeRendering="crispEdges"
    >
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
