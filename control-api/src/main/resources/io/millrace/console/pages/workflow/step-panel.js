// All that is known of one step: what it came to, its attempts, what it waits for, and what can be done from it.
import { html, useEffect, useMemo, useRef, useState } from '../../lib/html.js';
import { ago, plural, span, timeOf } from '../../lib/format.js';
import { may, me, whyNot } from '../../lib/me.js';
import { useStore } from '../../lib/store.js';
import { JsonView } from '../../components/json-view.js';
import { Link } from '../../components/link.js';
import { EmptyView, Loading } from '../../components/views.js';
import { useNow } from '../../components/when.js';
import { ForkDialog } from './fork-dialog.js';
import { Failure } from './payloads.js';
import { RewindDialog } from './rewind-dialog.js';
import { storiesOf } from './stories.js';
import { durationMs, hasEnded, isClosed, isCopied, kindOf, statusWord } from './steps.js';

export function StepPanel(props) {
  const { steps, stepsLoaded, chosen, choose } = props;
  const step = steps.find((each) => each.seq === chosen);
  const heading = useRef(null);
  const close = () => {
    choose(null);
    document.getElementById('main')?.querySelector('.node[tabindex="0"], .step-link[aria-pressed="true"]')?.focus();
  };
  useEffect(() => heading.current?.focus(), [Boolean(step)]);
  const onKeyDown = (event) => {
    if (event.key === 'Escape' && !event.target.closest('dialog')) {
      close();
    }
  };
  return html`<aside class="step-panel" aria-label=${`Step ${chosen}`} onKeyDown=${onKeyDown}>
    <header>
      <h2 tabindex="-1" ref=${heading}>Step ${chosen}${step ? html`: <span class="step-name">${step.name}</span>` : ''}</h2>
      <button type="button" class="plain" aria-label="Close the step" onClick=${close}>✕</button>
    </header>
    ${step
      ? html`<${About} ...${props} step=${step} />`
      : stepsLoaded
        ? html`<${EmptyView} title="There is no such step"><p>The workflow has ${plural(steps.length, 'step')} on record.</p><//>`
        : html`<${Loading} what="Loading the steps" />`}
  </aside>`;
}

function About({ workflow, steps, step, facts, factsLoaded, changed, choose }) {
  const story = useMemo(() => storiesOf(facts).get(step.seq), [facts, step.seq]);
  const copied = isCopied(workflow, step);
  return html`
    <dl class="about">
      <div><dt>Status</dt><dd><span class=${`step-status step-${step.status.toLowerCase()}`}>${statusWord(step)}</span></dd></div>
      <div><dt>Kind</dt><dd>${kindOf(step).word}</dd></div>
      ${step.startedAt && html`<div><dt>Began</dt><dd>${timeOf(step.startedAt)}</dd></div>`}
      ${step.completedAt && html`<div><dt>Ended</dt><dd>${timeOf(step.completedAt)}</dd></div>`}
      ${step.startedAt && html`<div><dt>Took</dt><dd>${hasEnded(step) ? span(durationMs(step, 0)) : html`<${Ticking} step=${step} />`}</dd></div>`}
      ${step.dueAt && html`<div><dt>${step.kind === 'SLEEP' ? 'Sleeps until' : step.status === 'RETRYING' ? 'Tries again at' : 'Waits until'}</dt>
        <dd>${timeOf(step.dueAt)} (<${Due} at=${step.dueAt} />)</dd></div>`}
    </dl>
    ${copied && html`<p class="hint">Copied from <${Link} path=${['workflows', workflow.forkedFrom]} query=${{ step: step.seq }}>the source<//>; it did not run here.</p>`}
    <${Doings} workflow=${workflow} steps=${steps} step=${step} changed=${changed} choose=${choose} />
    <${OfItsKind} step=${step} story=${story} />
    <${Result} step=${step} />
    ${!copied && html`<${Attempts} step=${step} story=${story} loaded=${factsLoaded} />`}`;
}

function Ticking({ step }) {
  return span(durationMs(step, useNow()));
}

function Due({ at }) {
  return ago(at, useNow());
}

/** What can be done from this step. */
function Doings({ workflow, steps, step, changed, choose }) {
  const [open, setOpen] = useState(null);
  const person = useStore(me);
  const off = { disabled: !may(person, 'OPERATOR'), title: whyNot(person, 'OPERATOR') };
  const dialog = { workflow, steps, startStep: step.seq, onClose: () => setOpen(null), onDone: changed };
  return html`<div class="doings">
    <button type="button" class="primary" ...${off} onClick=${() => setOpen('fork')}>Fork from here</button>
    ${isClosed(workflow) && html`<button type="button" ...${off} onClick=${() => setOpen('rewind')}>Rewind to here</button>`}
    ${open === 'fork' && html`<${ForkDialog} ...${dialog} />`}
    ${open === 'rewind' && html`<${RewindDialog} ...${dialog} onDone=${() => (choose(null), changed())} />`}
  </div>`;
}

/** What only steps of this kind have. */
function OfItsKind({ step, story }) {
  const { topic, to, payload, message, childInput } = story?.details ?? {};
  const parts = [];
  if (step.childWorkflowId) {
    parts.push(['Child', html`<${Link} path=${['workflows', step.childWorkflowId]}>${step.childWorkflowId}<//>`]);
  }
  if (childInput !== undefined) {
    parts.push(["The child's input", html`<${JsonView} value=${childInput} label="input of the child" />`]);
  }
  if (topic) {
    parts.push(['Topic', topic]);
  }
  if (to) {
    parts.push(['To', html`<${Link} path=${['workflows', to]}>${to}<//>`]);
  }
  if (payload !== undefined) {
    parts.push(['Message', html`<${JsonView} value=${payload} label="message" />`]);
  }
  if (message) {
    parts.push(['From', message.sender]);
  }
  return parts.map(([name, value]) => html`<section key=${name} class="part"><h3>${name}</h3><div>${value}</div></section>`);
}

const OUTPUTS = { RECEIVE: 'Message received', SET_VALUE: 'Value', CHILD: "The child's output" };

function Result({ step }) {
  const output = step.output === null || step.output === undefined ? null : step.output;
  return html`
    ${step.heartbeatDetails !== undefined && html`<section class="part"><h3>Last heartbeat</h3><${JsonView} value=${step.heartbeatDetails} label="heartbeat" /></section>`}
    ${step.error && html`<section class="part"><h3>${step.status === 'FAILED' ? 'Error' : 'Last error'}</h3><${Failure} error=${step.error} /></section>`}
    ${step.status === 'COMPLETED' && html`<section class="part"><h3>${OUTPUTS[step.kind] ?? 'Output'}</h3>
      ${output === null ? html`<p class="none">${nothing(step)}</p>` : html`<${JsonView} value=${output} label="output" />`}</section>`}`;
}

function nothing({ kind }) {
  return kind === 'RECEIVE' ? 'none: the time ran out' : 'none';
}

function Attempts({ step, story, loaded }) {
  if (!loaded) {
    return html`<${Loading} what="Loading the attempts" />`;
  }
  const attempts = (story?.phases ?? []).filter((phase) => phase.kind === 'attempt');
  if (attempts.length === 0) {
    return null;
  }
  return html`<section class="part"><h3>${plural(attempts.length, 'attempt')}</h3>
    <ol class="attempts">${attempts.map((attempt, i) => html`<li key=${i} class=${attempt.outcome === 'failed' ? 'bad' : ''}>
      <p><strong>${attempt.attempt}</strong> ${attempt.outcome}, ${span(attempt.to - attempt.from)}, ${timeOf(new Date(attempt.from).toISOString())}
        ${attempt.dropped && html` <span class="hint">in an earlier run</span>`}</p>
      ${attempt.failure && html`<${Failure} error=${attempt.failure} />`}
    </li>`)}</ol>
    ${story.heartbeats > 0 && html`<p class="hint">${plural(story.heartbeats, 'heartbeat')} on record, the last at ${timeOf(new Date(story.lastHeartbeatAt).toISOString())}</p>`}
  </section>`;
}
