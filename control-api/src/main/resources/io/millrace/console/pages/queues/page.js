// All queues: how much waits on each, since when, and why it does not begin.
import { html } from '../../lib/html.js';
import { get } from '../../lib/api.js';
import { usePoll } from '../../lib/poll.js';
import { count } from '../../lib/format.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { Link } from '../../components/link.js';
import { localTimes } from '../../components/status.js';
import { limits, oldest, slots } from './words.js';
import { EVERY_MS, note } from './samples.js';

export default function QueuesPage() {
  const { data, problem, reload } = usePoll(load, [], EVERY_MS);
  return html`
    <h1>Queues</h1>
    ${body(data, problem, reload)}`;
}

async function load({ signal }) {
  const { items } = await get('/queues', {}, { signal });
  items.forEach((queue) => note(queue));
  return items;
}

function body(queues, problem, reload) {
  if (problem && !(queues && problem.status === 0)) {
    return html`<${ErrorView} problem=${problem} retry=${reload} />`;
  }
  if (!queues) {
    return html`<${Loading} what="Loading the queues" />`;
  }
  return queues.length === 0 ? html`<${NoQueues} />` : html`<${QueueTable} queues=${queues} />`;
}

function NoQueues() {
  return html`<${EmptyView} title="No queues yet">
    <p>A queue is there once a worker serves it, or somebody declares it:</p>
    <pre>./millrace queue set shop --concurrency 10</pre>
  <//>`;
}

function QueueTable({ queues }) {
  return html`<table class="table queues">
    <caption class="visually-hidden">Queues by name</caption>
    <thead><tr>
      <th scope="col">Queue</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">Running</th>
      <th scope="col" class="number">Slots held</th><th scope="col" class="number">Oldest waits</th>
      <th scope="col" class="number">Begun / min</th><th scope="col" class="number">Ended / min</th>
      <th scope="col">Limits</th><th scope="col">What waits, waits for</th>
    </tr></thead>
    <tbody>${queues.map((queue) => html`<${Row} key=${queue.queue} queue=${queue} />`)}</tbody>
  </table>`;
}

function Row({ queue }) {
  const number = (label, value) => html`<td data-label=${label} class="number">${value !== '' && html`<span>${value}</span>`}</td>`;
  return html`<tr>
    <td data-label="Queue" class="queue-name"><${Link} path=${['queues', queue.queue]}>${queue.queue}<//></td>
    ${number('Waiting', count(queue.depth))} ${number('Running', count(queue.running))} ${number('Slots held', slots(queue))}
    ${number('Oldest waits', oldest(queue))} ${number('Begun / min', count(queue.begunLastMinute))} ${number('Ended / min', count(queue.endedLastMinute))}
    <td data-label="Limits"><span>${limits(queue).join(', ') || 'none'}</span></td>
    <td data-label="Waits for">${queue.waitingFor && html`<span class="why">${localTimes(queue.waitingFor)}</span>`}</td>
  </tr>`;
}
