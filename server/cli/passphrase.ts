import type { ReadStream } from "node:tty";
import { longEnough, type PassphraseSettings, setPassphrase } from "#server/backup/passphrase.ts";
import { CommandError, note } from "./command.ts";

/** The flag with which a passphrase is asked for. It is never an argument: others could read it there. */
export const PASSPHRASE_FLAG = [
  "--passphrase",
  "ask for the passphrase, where neither ROLLCALL_BACKUP_PASSPHRASE nor …_FILE is set",
] as const;

/** The passphrase for a new backup; `null` where none is wanted. */
export async function passphraseToMake(
  env: PassphraseSettings,
  asked: boolean,
): Promise<string | null> {
  const given = setPassphrase(env);
  if (given !== null || !asked) return given;
  const first = longEnough(await ask("Passphrase of the backup: "));
  if ((await ask("Again: ")) !== first) throw new CommandError("The two are not the same.");
  return first;
}

/** Finds the passphrase of a backup that is there; `null` where it is not set, and nobody can be asked. */
export function passphraseToOpen(env: PassphraseSettings): () => Promise<string | null> {
  return async () => {
    const given = setPassphrase(env);
    if (given !== null || !process.stdin.isTTY) return given;
    return ask("Passphrase of the backup: ");
  };
}

/** Asks on the terminal, and shows nothing of the answer. */
async function ask(question: string, from: ReadStream = process.stdin): Promise<string> {
  if (!from.isTTY) throw new CommandError("There is no terminal to ask for the passphrase.");
  process.stderr.write(question);
  from.setRawMode(true);
  const answer = Promise.withResolvers<string>();
  let typed = "";
  const hear = (chunk: Buffer) => {
    for (const key of chunk.toString("utf8")) {
      if (key === "\r" || key === "\n") return answer.resolve(typed);
      if (key === "\u0003" || key === "\u0004") {
        return answer.reject(new CommandError("No passphrase was given."));
      }
      typed = key === "\u007f" || key === "\b" ? typed.slice(0, -1) : typed + key;
    }
  };
  from.on("data", hear).resume();
  try {
    return await answer.promise;
  } finally {
    from.off("data", hear).pause();
    from.setRawMode(false);
    note("");
  }
}
