/** Where exports go, as far as asking needs to know. */
export interface ExportFolder {
  /**
   * Opens a file that is to be written.
   *
   * @param name `undefined` for one that the folder gives
   * @throws CharitylogError `invalid` for a name that is no name of a file, or taken; `config` where the folder can't be used
   */
  open(name: string | undefined): Promise<ExportFile>;
}

/** A file while it is written. Its methods throw a CharitylogError `unavailable` where it can't be written. */
export interface ExportFile {
  write(text: string): void;
  /** Resolves when more may come; `undefined` where it may at once. */
  ready(): Promise<void> | undefined;
  /** Forgets all that was written. */
  restart(): void;
  /** Makes it a file of the folder. @returns its name */
  keep(): Promise<string>;
  /** Leaves nothing of it. Never rejects. @returns the name of a part that couldn't be taken away */
  discard(): Promise<string | undefined>;
}
