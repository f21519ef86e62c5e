// Short notices at the corner of the page: what a command came to. They go by themselves, errors only when they are closed.
import { html, useEffect } from '../lib/html.js';
import { store, useStore } from '../lib/store.js';

const SHOWN_MS = 8000;

/** More than these hide the page; the oldest go. */
const MOST = 5;

const notices = store([]);
let last = 0;

/** Shows a notice. `kind`: 'good', 'info' or 'bad'; `link`: {href, text}. */
export function notify(message, { kind = 'info', link } = {}) {
  last += 1;
  notices.set([...notices.get(), { number: last, message, kind, link }].slice(-MOST));
}

function dismiss(number) {
  notices.set(notices.get().filter((notice) => notice.number !== number));
}

/** Where the notices are; once in the page. */
export function Notices() {
  const shown = useStore(notices);
  return html`<div class="notices" role="status" aria-live="polite">
    ${shown.map((notice) => html`<${Notice} key=${notice.number} ...${notice} />`)}
  </div>`;
}

function Notice({ number, message, kind, link }) {
  useEffect(() => {
    if (kind === 'bad') {
      return undefined;
    }
    const timer = setTimeout(() => dismiss(number), SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class=${`notice notice-${kind}`}>
    <span>${message}${link && html` <a href=${link.href}>${link.text}</a>`}</span>
    <button type="button" class="plain" aria-label="Dismiss" onClick=${() => dismiss(number)}>✕</button>
  </div>`;
}
