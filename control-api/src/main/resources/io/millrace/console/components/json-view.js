// A value of a user's as JSON: indented, folded where it is long, and to be copied. It is text, whatever it holds.
import { html, useState } from '../lib/html.js';
import { prettyJson } from '../lib/format.js';
import { notify } from './notify.js';

/** What is shown before somebody unfolds it. */
const FOLDED_LINES = 14;
const FOLDED_CHARACTERS = 3000;

export function JsonView({ value, label = 'value' }) {
  const [unfolded, setUnfolded] = useState(false);
  const text = prettyJson(value);
  const short = folded(text);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => notify(`Copied the ${label}`, { kind: 'good' }),
      () => notify('The browser does not let this page copy; select the text instead', { kind: 'bad' }),
    );
  return html`<div class="json">
    <pre tabindex="0" aria-label=${label}>${unfolded ? text : short}</pre>
    <div class="json-actions">
      ${short !== text && html`<button type="button" class="plain" aria-expanded=${unfolded} onClick=${() => setUnfolded(!unfolded)}>
        ${unfolded ? 'Show less' : `Show all (${text.split('\n').length} lines)`}
      </button>`}
      <button type="button" class="plain" onClick=${copy}>Copy</button>
    </div>
  </div>`;
}

function folded(text) {
  const lines = text.split('\n');
  const some = lines.length > FOLDED_LINES ? `${lines.slice(0, FOLDED_LINES).join('\n')}\n…` : text;
  return some.length > FOLDED_CHARACTERS ? `${some.slice(0, FOLDED_CHARACTERS)}…` : some;
}
