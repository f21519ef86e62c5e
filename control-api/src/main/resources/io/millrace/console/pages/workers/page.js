// The workers: which are alive, what they serve, and how much they do.
import { html } from '../../lib/html.js';
import { get } from '../../lib/api.js';
import { usePoll } from '../../lib/poll.js';
import { durationMs, plural, span, timeOf } from '../../lib/format.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { Link } from '../../components/link.js';
import { When } from '../../components/when.js';
import { WorkedOn } from './worked-on.js';

const EVERY_MS = 3000;

export default function WorkersPage() {
  const { data, problem, reload } = usePoll(load, [], EVERY_MS);
  return html`
    <div class="page-head"><h1>Workers</h1>${data && html`<span class="hint" role="status">${summary(data.items)}</span>`}</div>
    ${body(data, problem, reload)}`;
}

function load({ signal }) {
  return get('/workers', {}, { signal });
}

function summary(items) {
  const alive = items.filter((worker) => worker.status === 'ALIVE');
  const sum = (field) => alive.reduce((total, worker) => total + worker[field], 0);
  return `${plural(alive.length, 'worker')} alive, ${sum('running')} of ${plural(sum('slots'), 'slot')} used`;
}

function body(data, problem, reload) {
  if (problem && !(data && problem.status === 0)) {
    return html`<${ErrorView} problem=${problem} retry=${reload} />`;
  }
  if (!data) {
    return html`<${Loading} what="Loading the workers" />`;
  }
  if (data.items.length === 0) {
    return html`<${EmptyView} title="No workers">
      <p>Nothing runs workflows now. Start a program that has a worker of the Java SDK, or the development server with its sample worker:</p>
      <pre>./millrace dev</pre>
    <//>`;
  }
  return html`<div class="workers">${data.items.map((worker) => html`
    <${Worker} key=${worker.workerId} worker=${worker} />`)}</div>`;
}

const STATES = {
  ALIVE: ['Alive', 'good'],
  STOPPING: ['Stopping', 'held'],
  LOST: ['Lost', 'bad'],
};

const MEANINGS = {
  STOPPING: 'It takes nothing new, and ends what it has.',
  LOST: 'It has not been heard of for a whole lease. What it ran is given to other workers.',
};

function Worker({ worker }) {
  const [word, tone] = STATES[worker.status] ?? [worker.status, 'ended'];
  const lost = worker.status === 'LOST';
  return html`<article class=${`worker panel ${lost ? 'worker-lost' : ''}`} aria-label=${worker.workerId}>
    <header>
      <h2 class="mono">${worker.workerId}</h2>
      <span class=${`badge tone-${tone}`}>${word}</span>
    </header>
    ${MEANINGS[worker.status] && html`<p class="hint">${MEANINGS[worker.status]}</p>`}
    <div class="slots">
      <meter min="0" max=${Math.max(1, worker.slots)} value=${worker.running} aria-label="Slots used"></meter>
      <span>${worker.running} of ${plural(worker.slots, 'slot')} used</span>
    </div>
    <dl class="facts">
      <dt>Host</dt><dd>${worker.host}</dd>
      ${worker.version && html`<dt>Version</dt><dd>${worker.version}</dd>`}
      <dt>Queues</dt><dd><${Names} names=${worker.queues} path=${(name) => ['queues', name]} /></dd>
      <dt>Runs</dt><dd><${Names} names=${worker.workflowTypes} path=${() => '/workflows'} query=${(name) => ({ name })} /></dd>
      <dt>Last seen</dt><dd><${When} at=${worker.lastHeartbeatAt} /><span class="hint"> (lost after ${span(durationMs(worker.lease))})</span></dd>
      <dt>Started</dt><dd>${timeOf(worker.startedAt)}</dd>
    </dl>
    <${WorkedOn} worker=${worker} />
  </article>`;
}

function Names({ names, path, query = () => ({}) }) {
  return html`<span class="names">${names.map((name) => html`<${Link} key=${name} path=${path(name)} query=${query(name)}>${name}<//>`)}</span>`;
}
