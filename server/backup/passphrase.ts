import { readFileSync } from "node:fs";
import { type Env, LEAST_PASSPHRASE } from "#server/runtime/env.ts";
import { BackupError } from "./backup-error.ts";

export type PassphraseSettings = Pick<Env, "passphrase" | "passphraseFile">;

/** The passphrase that is set: by its variable, or in a file. Throws `BackupError`. */
export function setPassphrase({ passphrase, passphraseFile }: PassphraseSettings): string | null {
  if (passphrase !== null || passphraseFile === null) return passphrase;
  try {
    return longEnough(readFileSync(passphraseFile, "utf8").split(/\r?\n/)[0] ?? "");
  } catch (cause) {
    if (cause instanceof BackupError) throw cause;
    throw new BackupError(`ROLLCALL_BACKUP_PASSPHRASE_FILE cannot be read: ${passphraseFile}.`, {
      cause,
    });
  }
}

export function longEnough(passphrase: string): string {
  if (passphrase.length >= LEAST_PASSPHRASE) return passphrase;
  throw new BackupError(`A passphrase must have at least ${LEAST_PASSPHRASE} characters.`);
}
