/**
 * Stands around everything that happens once a new record was sent. Whatever goes wrong then, the person may have been
 * added: so it ends with what is known without the step, if anything, and never as a failure of the call.
 */
export async function onceSent<T>(step: () => Promise<T> | T): Promise<T | undefined>;
export async function onceSent<T>(step: () => Promise<T> | T, known: () => T): Promise<T>;
export async function onceSent<T>(step: () => Promise<T> | T, known?: () => T): Promise<T | undefined> {
  try {
    return await step();
  } catch {
    return known?.();
  }
}
