// Makes a fork: a copy of the workflow that runs again from a step, perhaps with other code or another input.
import { html, useId, useState } from '../../lib/html.js';
import { get, post, segment } from '../../lib/api.js';
import { prettyJson } from '../../lib/format.js';
import { useLoad } from '../../lib/load.js';
import { href, navigate } from '../../lib/router.js';
import { COMMANDS, ReasonField } from '../../components/command-dialog.js';
import { Dialog } from '../../components/dialog.js';
import { notify } from '../../components/notify.js';
import { JsonField, parsed } from './json-field.js';
import { StepField } from './step-field.js';

/** Units of a timeout, and how ISO 8601 writes them. */
const UNITS = { seconds: (n) => `PT${n}S`, minutes: (n) => `PT${n}M`, hours: (n) => `PT${n}H`, days: (n) => `P${n}D` };

/** `startStep` is the step that is chosen at first; the one that failed, or the last one, unless it is given. */
export function ForkDialog({ workflow, steps, startStep, onClose, onDone }) {
  const [fields, setFields] = useState(() => ({
    from: startStep ?? likelyStep(steps), id: '', version: '', queue: '', timeout: '', unit: 'minutes', reason: '',
    newInput: false, input: prettyJson(workflow.input),
  }));
  const [state, setState] = useState({ sending: false });
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const form = useId();
  const fromStart = fields.from === 1;
  const input = parsed(fields.input);
  const invalid = fromStart && fields.newInput && !input.ok;
  const send = async (event) => {
    event.preventDefault();
    setState({ sending: true });
    try {
      const fork = await post(`/workflows/${segment(workflow.workflowId)}/fork`, bodyOf(fields, input));
      onClose();
      onDone();
      goTo(fork.workflowId, workflow.workflowId);
    } catch (problem) {
      setState({ sending: false, problem });
    }
  };
  const actions = html`<button type="button" onClick=${onClose}>Close</button>
    <button type="submit" form=${form} class="primary" disabled=${state.sending || invalid}>Fork</button>`;
  return html`<${Dialog} title=${`Fork ${workflow.workflowId}`} onClose=${onClose} actions=${actions}>
    <form id=${form} class="stack" onSubmit=${send}>
      <p>${COMMANDS.fork.explains}</p>
      <${StepField} label="Begin at step" steps=${steps} value=${fields.from} onChange=${set('from')} />
      ${fromStart && html`<${NewInput} fields=${fields} set=${set} />`}
      <${Target} workflow=${workflow} fields=${fields} set=${set} />
      <${ReasonField} value=${fields.reason} onInput=${set('reason')} />
      ${state.problem && html`<p class="problem" role="alert">${state.problem.detail ?? state.problem.title}</p>`}
    </form>
  <//>`;
}

/** The last step that failed: that is what most forks are about. */
function likelyStep(steps) {
  const failed = steps.filter((step) => step.status === 'FAILED').pop();
  const last = failed ?? steps[steps.length - 1];
  return last ? last.seq : 1;
}

function bodyOf(fields, input) {
  const texts = { workflowId: fields.id, applicationVersion: fields.version, queue: fields.queue, reason: fields.reason };
  const given = Object.entries(texts)
    .map(([name, text]) => [name, text.trim()])
    .filter(([, text]) => text !== '');
  const body = { startStep: fields.from, ...Object.fromEntries(given) };
  if (fields.timeout !== '') {
    body.timeout = UNITS[fields.unit](fields.timeout);
  }
  if (fields.from === 1 && fields.newInput) {
    body.input = input.value;
  }
  return body;
}

function goTo(forkId, sourceId) {
  const link = { href: href(['workflows', sourceId], { tab: 'forks' }), text: 'Back to the forks of its source' };
  notify(`The fork ${forkId} was made.`, { kind: 'good', link });
  navigate(['workflows', forkId]);
}

function NewInput({ fields, set }) {
  return html`<label class="tick-box">
      <input type="checkbox" name="newInput" checked=${fields.newInput} onChange=${(event) => set('newInput')(event.target.checked)} />
      <span>With another input</span>
    </label>
    ${fields.newInput && html`<${JsonField} label="Input" name="input" text=${fields.input} onInput=${set('input')} />`}`;
}

/** Under which id, with which code, on which queue, and how long it may take. */
function Target({ workflow, fields, set }) {
  const known = useKnown(workflow);
  const list = useId();
  const text = (name, label, hint, options) => html`<label class="field"><span>${label} <span class="hint">${hint}</span></span>
      <input type="text" name=${name} maxlength="256" autocomplete="off" list=${`${list}-${name}`} value=${fields[name]}
        onInput=${(event) => set(name)(event.target.value)} /></label>
    ${options && html`<datalist id=${`${list}-${name}`}>${options.map((each) => html`<option key=${each} value=${each} />`)}</datalist>`}`;
  return html`
    ${text('version', 'Application version', `(${workflow.version ? `that of the source, ${workflow.version}` : 'any'}, unless given)`, known.versions)}
    ${known.versions.length > 0 && html`<p class="hint">Workers for ${workflow.name} run: ${known.versions.join(', ')}</p>`}
    ${text('queue', 'Queue', `(${workflow.queue}, unless given)`, known.queues)}
    ${text('id', 'Id of the fork', '(made up, unless given)')}
    <div class="field"><span>May take at most <span class="hint">(no limit, unless given)</span></span>
      <span class="pair">
        <input type="number" name="timeout" min="1" aria-label="May take at most" value=${fields.timeout} onInput=${(event) => set('timeout')(event.target.value)} />
        <select name="unit" aria-label="Unit" value=${fields.unit} onChange=${(event) => set('unit')(event.target.value)}>
          ${Object.keys(UNITS).map((unit) => html`<option key=${unit} value=${unit} selected=${unit === fields.unit}>${unit}</option>`)}
        </select>
      </span>
    </div>`;
}

/** Versions of workers that can run this workflow, and queues: suggestions, so none where they cannot be had. */
function useKnown({ name, version }) {
  const workers = useLoad((options) => get('/workers', {}, options), []).data;
  const queues = useLoad((options) => get('/queues', {}, options), []).data;
  const able = (workers?.items ?? []).filter((worker) => worker.workflowTypes.includes(name) && worker.status === 'ALIVE');
  const versions = [...able.map((worker) => worker.version), version].filter(Boolean);
  return { versions: [...new Set(versions)].sort(), queues: (queues?.items ?? []).map(({ queue }) => queue) };
}
