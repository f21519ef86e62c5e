// A field for the number of a step, which says what would be kept and what would run again.
import { html } from '../../lib/html.js';
import { plural } from '../../lib/format.js';

/** `value` is a number from 1 to one more than there are steps. */
export function StepField({ label, steps, value, onChange }) {
  const last = steps.length ? steps[steps.length - 1].seq : 0;
  const change = (event) => {
    const number = Number(event.target.value);
    if (Number.isInteger(number) && number >= 1) {
      onChange(number);
    }
  };
  return html`<label class="field">
      <span>${label}</span>
      <input type="number" name="startStep" min="1" max=${last + 1} required value=${value} onInput=${change} />
    </label>
    <div class="plan" aria-live="polite">
      <p><strong>Kept:</strong> ${kept(value)}</p>
      <p><strong>Runs again:</strong> ${again(steps, value, last)}</p>
    </div>`;
}

function kept(from) {
  if (from === 1) {
    return 'nothing; it begins anew';
  }
  return from === 2 ? 'the result of step 1' : `the results of steps 1 to ${from - 1}`;
}

function again(steps, from, last) {
  if (from > last) {
    return `what comes after step ${last}`;
  }
  const step = steps.find((each) => each.seq === from);
  const behind = last - from;
  return `step ${from}${step ? ` “${step.name}”` : ''}${behind > 0 ? ` and the ${plural(behind, 'step')} after it` : ''}`;
}
