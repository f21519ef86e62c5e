// The steps as a table.
import { html, useRef } from '../../lib/html.js';
import { span } from '../../lib/format.js';
import { Loading } from '../../components/views.js';
import { useNow } from '../../components/when.js';
import { NoSteps } from './graph.js';
import { KindPicture } from './kind-picture.js';
import { Rows } from './scrolled.js';
import { durationMs, hasEnded, isCopied, statusWord } from './steps.js';

const ROW_HEIGHT = 36;

/** So much of an output is in a row. */
const EXTRACT = 120;

export function StepsTable({ workflow, steps, stepsLoaded, chosen, choose }) {
  const scroller = useRef(null);
  if (steps.length === 0) {
    return stepsLoaded ? html`<${NoSteps} workflow=${workflow} />` : html`<${Loading} what="Loading the steps" />`;
  }
  const head = html`<div class="steps-head steps-row" role="row">
    ${['No.', 'Step', 'Status', 'Attempts', 'Took', 'Result'].map((name) => html`<div role="columnheader" key=${name}>${name}</div>`)}
  </div>`;
  const row = (i) => html`<${Row} key=${steps[i].seq} index=${i} step=${steps[i]} workflow=${workflow} chosen=${steps[i].seq === chosen} choose=${choose} />`;
  const revealed = chosen ? steps.findIndex((step) => step.seq === chosen) : -1;
  return html`<${Rows} className="steps-rows" label="Steps" count=${steps.length} height=${ROW_HEIGHT} row=${row} head=${head} scroller=${scroller} revealed=${revealed} />`;
}

function Row({ index, step, workflow, chosen, choose }) {
  const copied = isCopied(workflow, step);
  return html`<div class=${chosen ? 'steps-row chosen' : 'steps-row'} role="row" aria-rowindex=${index + 2} data-seq=${step.seq}>
    <div role="cell" class="number">${step.seq}</div>
    <div role="rowheader"><button type="button" class=${`plain step-link step-${step.status.toLowerCase()}`} title=${step.name} aria-pressed=${chosen} onClick=${() => choose(step.seq)}>
      <${KindPicture} step=${step} /> ${step.name}</button></div>
    <div role="cell"><span class=${`step-status step-${step.status.toLowerCase()}`}>${statusWord(step)}</span>${copied && html` <span class="hint">copied</span>`}</div>
    <div role="cell" class="number">${step.attempts || ''}</div>
    <div role="cell" class="number">${hasEnded(step) ? span(durationMs(step, 0)) : html`<${Ticking} step=${step} />`}</div>
    <div role="cell" class="extract" title=${textOf(step)}>${step.error ? html`<span class="bad">${textOf(step)}</span>` : textOf(step)}</div>
  </div>`;
}

function Ticking({ step }) {
  return span(durationMs(step, useNow()));
}

function textOf({ error, output }) {
  const text = error ? error.message : output === null || output === undefined ? '' : JSON.stringify(output);
  return text.slice(0, EXTRACT);
}
