/** How far the rows of a list or a map were looked at. */
export interface ScanState {
  /** The next position to look at. */
  at: number;
  /** How many lists and objects are open there. */
  depth: number;
  inString: boolean;
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [bracket, closingBracket, brace, closingBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Finds, up to a position, the last comma between two rows, and where the container closes; -1 for none. */
export function scanRows(text: string, state: ScanState, until = text.length) {
  let wholeUpTo = -1;
  let closesAt = -1;
  // Every character passes here: variables are faster than fields.
  let { at, depth, inString } = state;
  for (; at < until; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === backslash) at++;
      else if (char === quote) inString = false;
    } else if (char === quote) inString = true;
    else if (char === comma) {
      if (depth === 0) wholeUpTo = at;
    } else if (char === brace || char === bracket) depth++;
    else if (char === closingBrace || char === closingBracket) {
      if (depth === 0) {
        closesAt = at;
        break;
      }
      depth--;
    }
  }
  Object.assign(state, { at, depth, inString });
  return { wholeUpTo, closesAt };
}
