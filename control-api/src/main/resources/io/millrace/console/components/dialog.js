// A dialog over the page. The browser keeps the focus inside, and Escape closes it.
import { html, useEffect, useId, useRef } from '../lib/html.js';

/** `actions` are the buttons at its foot. `onClose` is called when the user closes it; whoever shows it then stops to. */
export function Dialog({ title, onClose, actions, children, wide = false }) {
  const element = useRef(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current.showModal();
    return () => before?.isConnected && before.focus();
  }, []);
  const cancelled = (event) => {
    event.preventDefault();
    onClose();
  };
  return html`<dialog ref=${element} class=${wide ? 'dialog wide' : 'dialog'} aria-labelledby=${titleId} onCancel=${cancelled}>
    <header>
      <h2 id=${titleId}>${title}</h2>
      <button type="button" class="plain" aria-label="Close" onClick=${onClose}>✕</button>
    </header>
    <div class="dialog-body">${children}</div>
    ${actions && html`<footer>${actions}</footer>`}
  </dialog>`;
}
