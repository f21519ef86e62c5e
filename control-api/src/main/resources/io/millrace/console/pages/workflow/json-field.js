// A field for a JSON value, which says at once where it is none.
import { html, useId } from '../../lib/html.js';
import { parseExact } from '../../lib/exact.js';

/** `{ok: true, value}`, or `{ok: false, why}`. */
export function parsed(text) {
  try {
    return { ok: true, value: parseExact(text) };
  } catch (error) {
    return { ok: false, why: text.trim() === '' ? 'there is nothing; null is a value too' : error.message };
  }
}

export function JsonField({ label, name, text, onInput }) {
  const result = parsed(text);
  const message = useId();
  return html`<label class="field"><span>${label} <span class="hint">(JSON)</span></span>
      <textarea name=${name} rows="6" spellcheck=${false} class="code" aria-invalid=${!result.ok} aria-describedby=${message}
        value=${text} onInput=${(event) => onInput(event.target.value)}></textarea>
    </label>
    <p id=${message} class=${result.ok ? 'hint' : 'problem'} aria-live="polite">${result.ok ? 'This is valid JSON.' : `This is no JSON: ${result.why}`}</p>`;
}
