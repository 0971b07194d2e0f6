/** What `make` makes of an object, made once for each and kept as long as the object is. */
export function memoizeByObject<K extends object, V>(make: (object: K) => V): (object: K) => V {
  const made = new WeakMap<K, V>();
  return object => {
    const known = made.get(object);
    if (known !== undefined) return known;
    const value = make(object);
    made.set(object, value);
    return value;
  };
}

/** What `make` makes of a value, remembered for the last `most` values: for few that come several times in a row. */
export function memoizeLast<K, V>(most: number, make: (value: K) => V): (value: K) => V {
  const made = new Map<K, V>();
  return value => {
    if (made.has(value)) return made.get(value) as V;
    const result = make(value);
    const [oldest] = made.keys();
    if (made.size >= most) made.delete(oldest as K);
    made.set(value, result);
    return result;
  };
}

/** Texts that come often are short; longer ones would take memory, in characters. */
const longestRemembered = 200;

/**
 * What `make` makes of a value, remembered for the first `most` values: for few values that come very often. Lists and
 * objects are never the same, and not remembered.
 */
export function memoizeFirst<K, V>(most: number, make: (value: K) => V): (value: K) => V {
  const made = new Map<K, V>();
  return value => {
    if (typeof value === 'object' || (typeof value === 'string' && value.length > longestRemembered))
      return make(value);
    const known = made.get(value);
    if (known !== undefined || made.has(value)) return known as V;
    const result = make(value);
    if (made.size < most) made.set(value, result);
    return result;
  };
}
