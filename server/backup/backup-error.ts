/** Why a backup cannot be made, read or restored: one line for people that says what to do. */
export class BackupError extends Error {
  override name = "BackupError";
}

/** A file that is not what was written: shortened, altered, or no backup at all. */
export class DamagedBackup extends BackupError {
  override name = "DamagedBackup";
  constructor(what: string, options?: ErrorOptions) {
    super(`The backup is damaged: ${what}. Nothing was changed; take another one.`, options);
  }
}
