// The head of the page: which workflow it is, how it is, what belongs to it, and what can be done with it.
import { html } from '../../lib/html.js';
import { durationMs as isoMs, plural, span, timeOf } from '../../lib/format.js';
import { Link } from '../../components/link.js';
import { notify } from '../../components/notify.js';
import { StatusBadge } from '../../components/status.js';
import { useNow, When } from '../../components/when.js';
import { Actions } from './actions.js';
import { isClosed } from './steps.js';

export function Head({ workflow, steps, changed, go }) {
  return html`<header class="workflow-head">
    <div class="workflow-title">
      <div class="workflow-names">
        <p class="workflow-type">${workflow.name}</p>
        <h1 class="workflow-id"><span>${workflow.workflowId}</span> <${CopyId} id=${workflow.workflowId} /></h1>
      </div>
      <${StatusBadge} status=${workflow.status} waitingFor=${workflow.waitingFor} />
      <${Actions} workflow=${workflow} steps=${steps} changed=${changed} go=${go} />
    </div>
    <dl class="about">${factsOf(workflow).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </header>`;
}

function CopyId({ id }) {
  const copy = () =>
    navigator.clipboard.writeText(id).then(
      () => notify('Copied the id', { kind: 'good' }),
      () => notify('The browser does not let this page copy; select the id instead', { kind: 'bad' }),
    );
  return html`<button type="button" class="plain copy-id" aria-label="Copy the id" onClick=${copy}>Copy</button>`;
}

/** What is shown under the title: only what this workflow has. */
function factsOf(workflow) {
  const facts = [
    ['Queue', html`<${Link} path=${['queues', workflow.queue]}>${workflow.queue}<//>`],
    ['Version', workflow.version ?? 'any'],
    ['Worker', workflow.workerId ?? 'none'],
    ['Created', html`<${When} at=${workflow.createdAt} />`],
    ['Started', workflow.startedAt ? html`<${When} at=${workflow.startedAt} />` : 'not yet'],
    ['Ended', workflow.completedAt ? html`<${When} at=${workflow.completedAt} />` : 'not yet'],
    ['Duration', html`<${Duration} workflow=${workflow} />`],
    ['Executions', `${workflow.attempts}${workflow.recoveryAttempts ? `, ${workflow.recoveryAttempts} after a lost worker` : ''}`],
  ];
  return [...facts, ...rareFacts(workflow), ...originOf(workflow), ...attributesOf(workflow)];
}

function rareFacts(workflow) {
  const timeout = workflow.timeout ? span(isoMs(workflow.timeout)) : null;
  return [
    ['Timeout', timeout],
    ['Deadline', workflow.deadline ? timeOf(workflow.deadline) : null],
    ['Priority', workflow.priority],
    ['Runs before others', workflow.expedited ? 'yes' : null],
    ['Deduplication id', workflow.deduplicationId],
    ['Partition key', workflow.partitionKey],
    ['Resumed or rewound', workflow.run ? plural(workflow.run, 'time') : null],
  ].filter(([, value]) => value !== null && value !== undefined);
}

function originOf({ parent, parentStep, forkedFrom, forkedFromStep }) {
  const origin = [];
  if (parent) {
    const query = parentStep ? { step: parentStep } : {};
    const at = parentStep ? `, step ${parentStep}` : '';
    origin.push(['Parent', html`<${Link} path=${['workflows', parent]} query=${query}>${parent}<//>${at}`]);
  }
  if (forkedFrom) {
    const at = forkedFromStep ? `, from step ${forkedFromStep}` : '';
    origin.push(['Fork of', html`<${Link} path=${['workflows', forkedFrom]}>${forkedFrom}<//>${at}`]);
  }
  return origin;
}

function attributesOf({ attributes }) {
  const entries = Object.entries(attributes ?? {});
  if (entries.length === 0) {
    return [];
  }
  const tags = entries.map(([name, value]) => html`<span class="attribute" key=${name}>${name}: ${value}</span>`);
  return [['Attributes', html`<span class="attributes">${tags}</span>`]];
}

/** From its first execution to its end; it ticks while the workflow is open. */
function Duration({ workflow }) {
  if (!workflow.startedAt) {
    return 'not started';
  }
  return isClosed(workflow)
    ? span(Date.parse(workflow.completedAt) - Date.parse(workflow.startedAt))
    : html`<${Ticking} since=${Date.parse(workflow.startedAt)} />`;
}

function Ticking({ since }) {
  const now = useNow();
  return html`<span class="ticking">${span(Math.max(0, now - since))}</span>`;
}
