// The settings of a queue: what they are, and a form for those who may change them. All settings are sent together: what is empty is no limit.
import { html, useId, useState } from '../../lib/html.js';
import { put, segment } from '../../lib/api.js';
import { durationMs, timeOf } from '../../lib/format.js';
import { useStore } from '../../lib/store.js';
import { me, whyNot } from '../../lib/me.js';
import { notify } from '../../components/notify.js';
import { UNITS } from './words.js';

const LIMITS = [
  ['concurrency', 'At once', 'How many have a slot at the same time, from when they begin until they end. 0: none begins.'],
  ['workerConcurrency', 'At once in each worker', 'How many run at the same time in one worker process.'],
];
const KEY_LIMITS = [['partitionConcurrency', 'At once for each partition key', 'The same as above, for each key alone.']];

/** What the form holds: texts and flags, by field. */
function formOf(queue) {
  const number = (value) => (value === undefined ? '' : String(value));
  return {
    concurrency: number(queue.concurrency),
    workerConcurrency: number(queue.workerConcurrency),
    partitionConcurrency: number(queue.partitionConcurrency),
    rateLimit: rateForm(queue.rateLimit),
    partitionRateLimit: rateForm(queue.partitionRateLimit),
    priorityEnabled: queue.priorityEnabled,
    partitioned: queue.partitioned,
  };
}

function rateForm(rate) {
  if (!rate) {
    return { permits: '', length: '1', unit: 'minutes' };
  }
  const ms = durationMs(rate.period);
  const unit = [...UNITS].reverse().find((one) => ms % one.ms === 0) ?? UNITS[0];
  return { permits: String(rate.permits), length: String(ms / unit.ms), unit: unit.name };
}

/** The body of PUT /queues/{q}. */
export function bodyOf(form) {
  const body = { priorityEnabled: form.priorityEnabled, partitioned: form.partitioned };
  ['concurrency', 'workerConcurrency', ...(form.partitioned ? ['partitionConcurrency'] : [])]
    .filter((field) => form[field] !== '')
    .forEach((field) => {
      body[field] = Number(form[field]);
    });
  ['rateLimit', ...(form.partitioned ? ['partitionRateLimit'] : [])]
    .filter((field) => form[field].permits !== '')
    .forEach((field) => {
      const { permits, length, unit } = form[field];
      const seconds = (Number(length) * UNITS.find((one) => one.name === unit).ms) / 1000;
      body[field] = { permits: Number(permits), period: `PT${seconds}S` };
    });
  return body;
}

export function Settings({ queue, onSaved }) {
  const why = whyNot(useStore(me), 'ADMIN');
  const [form, setForm] = useState(formOf(queue));
  const [state, setState] = useState({ saving: false });
  const set = (change) => setForm({ ...form, ...change });
  const save = async (event) => {
    event.preventDefault();
    setState({ saving: true });
    try {
      const now = await put(`/queues/${segment(queue.queue)}`, bodyOf(form));
      setForm(formOf(now));
      setState({ saving: false });
      notify(`The settings of ${queue.queue} hold now.`, { kind: 'good' });
      onSaved(now);
    } catch (problem) {
      setState({ saving: false, problem });
    }
  };
  const problem = state.problem;
  const fields = { form, set, disabled: why !== undefined, problem };
  return html`<form class="settings stack" noValidate onSubmit=${save}>
    ${why && html`<p class="hint">${why}</p>`}
    ${problem && !isField(problem.field) && html`<p class="problem" role="alert">${problem.detail ?? problem.title}</p>`}
    <div class="settings-fields">
      ${LIMITS.map(([name, label, hint]) => html`<${NumberField} key=${name} name=${name} label=${label} hint=${hint} ...${fields} />`)}
      <${RateField} name="rateLimit" label="How many begin in a period" ...${fields} />
    </div>
    <${Flag} name="priorityEnabled" label="Workflows may have priorities" ...${fields} />
    <${Flag} name="partitioned" label="Workflows may have partition keys, which take turns" ...${fields} />
    ${form.partitioned && html`<div class="settings-fields">
      ${KEY_LIMITS.map(([name, label, hint]) => html`<${NumberField} key=${name} name=${name} label=${label} hint=${hint} ...${fields} />`)}
      <${RateField} name="partitionRateLimit" label="How many begin in a period, for each key" ...${fields} />
    </div>`}
    <div class="row">
      ${!why && html`<button type="submit" class="primary" disabled=${state.saving}>Save settings</button>
        <button type="button" onClick=${() => setForm(formOf(queue))}>Undo changes</button>`}
      ${queue.updatedAt && html`<span class="hint">Last changed ${timeOf(queue.updatedAt)}${queue.updatedBy && ` by ${queue.updatedBy}`}.</span>`}
    </div>
    <p class="hint">What is empty is not limited. Lower limits stop nothing that runs; they let nothing new begin until there is room.</p>
  </form>`;
}

const FIELDS = ['concurrency', 'workerConcurrency', 'rateLimit', 'priorityEnabled', 'partitioned', 'partitionConcurrency', 'partitionRateLimit'];

/** The API names fields of a rate with a dot: rateLimit.permits. */
function fieldName(field) {
  return field?.split('.')[0];
}

function isField(field) {
  return FIELDS.includes(fieldName(field));
}

function FieldProblem({ name, problem }) {
  return problem && fieldName(problem.field) === name && html`<span class="problem" role="alert">${problem.detail}</span>`;
}

function NumberField({ name, label, hint, form, set, disabled, problem }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} type="number" min="0" step="1" name=${name} placeholder="no limit" disabled=${disabled} value=${form[name]}
      aria-describedby=${`${id}-hint`} aria-invalid=${fieldName(problem?.field) === name} onInput=${(event) => set({ [name]: event.target.value })} />
    <span class="hint" id=${`${id}-hint`}>${hint}</span>
    <${FieldProblem} name=${name} problem=${problem} />
  </div>`;
}

function RateField({ name, label, form, set, disabled, problem }) {
  const rate = form[name];
  const change = (part) => (event) => set({ [name]: { ...rate, [part]: event.target.value } });
  return html`<fieldset class="rate" disabled=${disabled}>
    <legend>${label}</legend>
    <div class="row">
      <input type="number" min="1" step="1" name=${name} aria-label=${`${label}: number`} placeholder="no limit" value=${rate.permits} onInput=${change('permits')} />
      <span>in</span>
      <input type="number" min="1" step="any" aria-label=${`${label}: length of the period`} value=${rate.length} onInput=${change('length')} />
      <select aria-label=${`${label}: unit of the period`} value=${rate.unit} onChange=${change('unit')}>
        ${UNITS.map((unit) => html`<option key=${unit.name} value=${unit.name} selected=${unit.name === rate.unit}>${unit.name}</option>`)}
      </select>
    </div>
    <${FieldProblem} name=${name} problem=${problem} />
  </fieldset>`;
}

function Flag({ name, label, form, set, disabled, problem }) {
  return html`<div><label class="row flag">
    <input type="checkbox" name=${name} checked=${form[name]} disabled=${disabled} onChange=${(event) => set({ [name]: event.target.checked })} />
    <span>${label}</span>
  </label><${FieldProblem} name=${name} problem=${problem} /></div>`;
}
