/**
 * Stands around everything that happens once a new record was sent. Whatever goes wrong then, the person may have been
 * added: so it ends with what is known by then, and never as a failure of the call.
 *
 * @param known what is known without the step; gets what went wrong
 */
export async function onceSent<T>(step: () => Promise<T> | T, known: (cause: unknown) => T): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    return known(cause);
  }
}
