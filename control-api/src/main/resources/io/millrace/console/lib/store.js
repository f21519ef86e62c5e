// A value that several components show: whoever uses it is drawn again when it changes.
import { useEffect, useState } from './html.js';

export function store(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      if (next !== value) {
        value = next;
        listeners.forEach((listener) => listener(value));
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's present value. */
export function useStore(source) {
  const [value, setValue] = useState(source.get());
  useEffect(() => {
    setValue(source.get()); // It may have changed between drawing and here.
    return source.subscribe(setValue);
  }, [source]);
  return value;
}
