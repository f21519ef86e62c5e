// The page of one queue: its numbers now and since the console is open, what waits on it, and its settings.
import { html } from '../../lib/html.js';
import { get, segment } from '../../lib/api.js';
import { usePoll } from '../../lib/poll.js';
import { count } from '../../lib/format.js';
import { href, navigate } from '../../lib/router.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { localTimes } from '../../components/status.js';
import { Link } from '../../components/link.js';
import { Tabs } from '../../components/tabs.js';
import { Chart } from './chart.js';
import { Enqueued } from './enqueued.js';
import { Settings } from './settings.js';
import { EVERY_MS, note, samplesOf } from './samples.js';
import { limits, oldest, slots } from './words.js';

const NOW = [{ label: 'Waiting', field: 'depth', colour: 'waiting' }, { label: 'Running', field: 'running', colour: 'busy' }];
const RATES = [{ label: 'Begun', field: 'begun', colour: 'busy' }, { label: 'Ended', field: 'ended', colour: 'good' }];

export default function QueuePage({ params, query }) {
  const { data, problem, reload } = usePoll(({ signal }) => load(params.id, signal), [params.id], EVERY_MS);
  return html`
    <nav class="crumbs" aria-label="Where you are"><${Link} path="/queues">Queues<//> / <span>${params.id}</span></nav>
    <h1>${params.id}</h1>
    ${body({ data, problem, reload, query })}`;
}

async function load(name, signal) {
  const queue = await get(`/queues/${segment(name)}`, {}, { signal });
  note(queue);
  return { queue, samples: samplesOf(name) };
}

function body({ data, problem, reload, query }) {
  if (problem?.status === 404) {
    return html`<${EmptyView} title="There is no such queue">
      <p>A queue is there once a worker serves it, or somebody declares it with the command line (queue set).</p>
      <p><a href=${href('/queues')}>All queues</a></p>
    <//>`;
  }
  if (problem && !(data && problem.status === 0)) {
    return html`<${ErrorView} problem=${problem} retry=${reload} />`;
  }
  return data ? html`<${Queue} ...${data} query=${query} reload=${reload} />` : html`<${Loading} what="Loading the queue" />`;
}

function Queue({ queue, samples, query, reload }) {
  const tab = ['charts', 'settings'].includes(query.tab) ? query.tab : 'waiting';
  const select = (id) => navigate(['queues', queue.queue], id === 'waiting' ? {} : { tab: id });
  const tabs = [{ id: 'waiting', label: 'What waits', count: count(queue.depth) }, { id: 'charts', label: 'Charts' }, { id: 'settings', label: 'Settings' }];
  return html`
    <${Numbers} queue=${queue} />
    ${queue.waitingFor && html`<p class="why-not"><strong>Why nothing begins:</strong> what waits here waits for ${localTimes(queue.waitingFor)}</p>`}
    <div><${Tabs} label="Of this queue" tabs=${tabs} selected=${tab} onSelect=${select}>
      ${tab === 'waiting' && html`<${Enqueued} queue=${queue} />`}
      ${tab === 'charts' && html`<${Charts} samples=${samples} />`}
      ${tab === 'settings' && html`<div class="panel"><${Settings} queue=${queue} onSaved=${reload} /></div>`}
    <//></div>`;
}

function Numbers({ queue }) {
  const running = href('/workflows', { queue: queue.queue, status: 'RUNNING' });
  const tile = (label, value) => html`<div><dt>${label}</dt><dd>${value === '' ? '–' : value}</dd></div>`;
  return html`<dl class="numbers panel">
    ${tile('Waiting', count(queue.depth))}
    ${tile('Running', html`<a href=${running}>${count(queue.running)}</a>`)}
    ${tile('Slots held', slots(queue))}
    ${tile('Oldest waits', oldest(queue))}
    ${tile('Begun in the last minute', count(queue.begunLastMinute))}
    ${tile('Ended in the last minute', count(queue.endedLastMinute))}
    ${tile('Limits', html`<span class="limits">${limits(queue).join(', ') || 'none'}</span>`)}
  </dl>`;
}

function Charts({ samples }) {
  return html`<div class="stack">
    <div class="charts">
      <${Chart} title="Workflows" lines=${NOW} samples=${samples} />
      <${Chart} title="In the last minute" lines=${RATES} samples=${samples} />
    </div>
    <p class="hint">Since this tab shows queues, for at most 30 minutes. For longer times collect the server's metrics with Prometheus.</p>
  </div>`;
}
