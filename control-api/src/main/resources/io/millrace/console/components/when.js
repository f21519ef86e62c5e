// A time: how long ago it was, and all of it when pointed at or focused. Kept current while it is shown.
import { html, useEffect, useState } from '../lib/html.js';
import { ago, timeOf } from '../lib/format.js';
import { store, useStore } from '../lib/store.js';

const EVERY_MS = 1000;

/** The present, once a second, while something on the page shows it. One timer for all. */
const clock = store(Date.now());
let users = 0;
let timer;

export function useNow() {
  useEffect(() => {
    users += 1;
    if (users === 1) {
      clock.set(Date.now()); // It stood still while nobody looked.
      timer = setInterval(() => clock.set(Date.now()), EVERY_MS);
    }
    return () => {
      users -= 1;
      if (users === 0) {
        clearInterval(timer);
      }
    };
  }, []);
  return useStore(clock);
}

export function When({ at }) {
  const now = Math.max(useNow(), 0);
  const [full, setFull] = useState(false);
  if (!at) {
    return null;
  }
  const show = () => setFull(true);
  const hide = () => setFull(false);
  return html`<time datetime=${at} title=${timeOf(at)} tabindex="0" onFocus=${show} onBlur=${hide}>${full ? timeOf(at) : ago(at, now)}</time>`;
}
