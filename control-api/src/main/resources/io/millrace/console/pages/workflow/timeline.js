// The steps on an axis of time: attempts, waits, and what the workflow itself did above them.
import { html, useMemo, useRef, useState } from '../../lib/html.js';
import { span, timeOf } from '../../lib/format.js';
import { Loading } from '../../components/views.js';
import { useNow } from '../../components/when.js';
import { NoSteps } from './graph.js';
import { KindPicture } from './kind-picture.js';
import { useSeen, Rows } from './scrolled.js';
import { durationMs, hasEnded, isClosed, statusWord } from './steps.js';
import { ticks, timelineOf } from './timeline-model.js';

const ROW_HEIGHT = 30;

/** Room for the names at the left, in pixels. */
const NAMES = { narrow: 120, wide: 230 };
const NARROW = 700;

/** Room behind the last bar, so that its end and the axis' last number are seen. */
const END_ROOM = 64;

/** Before the first bar, so that a mark at the very beginning is seen whole. */
const START_ROOM = 8;

/** So much wider than what fits does the axis become. */
const ZOOMS = [1, 2, 4, 8, 16, 32];

/** The shapes of marks, around the point that they are at. */
const MARKS = {
  granted: 'M-4-4H4L0 4Z',
  lost: 'M-4-2-2-4 0-2 2-4 4-2 2 0 4 2 2 4 0 2-2 4-4 2-2 0Z',
  recovered: 'M0-4A4 4 0 1 0 0 4 4 4 0 1 0 0-4Z',
  command: 'M0-5 5 0 0 5-5 0Z',
};

export function Timeline(props) {
  const { workflow, steps, stepsLoaded, factsLoaded } = props;
  if (!stepsLoaded || !factsLoaded) {
    return html`<${Loading} what="Loading the history" />`;
  }
  const open = !isClosed(workflow);
  return html`
    ${open ? html`<${Growing} ...${props} />` : html`<${Chart} ...${props} now=${Date.parse(workflow.completedAt)} />`}
    ${steps.length === 0 && html`<${NoSteps} workflow=${workflow} />`}`;
}

function Growing(props) {
  return html`<${Chart} ...${props} now=${useNow()} />`;
}

function Chart({ workflow, steps, facts, chosen, choose, now }) {
  const [zoom, setZoom] = useState(0);
  const scroller = useRef(null);
  const model = useMemo(() => timelineOf(workflow, steps, facts, now), [workflow, steps, facts, now]);
  return html`<div class="timeline">
    <div class="view-tools" role="toolbar" aria-label="Timeline">
      <${Legend} />
      <span class="tools-end">
        <button type="button" disabled=${zoom === 0} onClick=${() => setZoom(0)}>Fit</button>
        <button type="button" aria-label="Shorter" disabled=${zoom === 0} onClick=${() => setZoom(zoom - 1)}>−</button>
        <span class="zoom">× ${ZOOMS[zoom]}</span>
        <button type="button" aria-label="Longer" disabled=${zoom === ZOOMS.length - 1} onClick=${() => setZoom(zoom + 1)}>+</button>
      </span>
    </div>
    <${Body} model=${model} zoom=${ZOOMS[zoom]} scroller=${scroller} steps=${steps} chosen=${chosen} choose=${choose} />
  </div>`;
}

function Body({ model, zoom, scroller, steps, chosen, choose }) {
  const width = useSeen(scroller).room;
  const names = width < NARROW ? NAMES.narrow : NAMES.wide;
  const room = Math.max(120, width - names - END_ROOM);
  const scale = makeScale(model, room * zoom);
  const total = names + room * zoom + END_ROOM;
  const head = html`<${Head} model=${model} scale=${scale} names=${names} total=${total} />`;
  const row = (i) => html`<${StepRow} key=${model.rows[i].step.seq} index=${i} row=${model.rows[i]} scale=${scale} names=${names}
    total=${total} chosen=${model.rows[i].step.seq === chosen} choose=${choose} />`;
  const revealed = chosen ? steps.findIndex((step) => step.seq === chosen) : -1;
  return html`<${Rows} className="timeline-rows" label="Timeline of the steps" count=${model.rows.length} height=${ROW_HEIGHT} row=${row}
    head=${head} scroller=${scroller} revealed=${revealed} />`;
}

function makeScale({ from, to }, pixels) {
  const length = Math.max(1, to - from);
  return { length, pixels, x: (at) => START_ROOM + (Math.max(0, at - from) / length) * pixels };
}

function Head({ model, scale, names, total }) {
  const lines = ticks(scale.length, Math.max(2, Math.floor(scale.pixels / 110)));
  return html`<div class="timeline-head" role="row" style=${{ width: `${total}px` }}>
    <div class="timeline-name" role="columnheader" style=${{ width: `${names}px` }}>Workflow</div>
    <svg class="timeline-bars" width=${scale.pixels + END_ROOM} height="56" role="img" aria-label=${lifeLabel(model)}>
      <${Hatches} />
      ${lines.map((at) => html`<g key=${at} transform=${`translate(${START_ROOM + (at / scale.length) * scale.pixels} 0)`}>
        <line class="tick" y1="0" y2="56" /><text class="tick-label" x="4" y="13">${at === 0 ? 'start' : span(at)}</text>
      </g>`)}
      ${model.life.bars.map((bar, i) => html`<${Bar} key=${i} bar=${bar} scale=${scale} y=${24} height=${14} />`)}
      ${model.life.marks.map((mark, i) => html`<path key=${i} class=${`mark mark-${mark.kind}`} d=${MARKS[mark.kind]} transform=${`translate(${scale.x(mark.at)} 48)`}>
        <title>${`${mark.title}, ${timeOf(new Date(mark.at).toISOString())}`}</title></path>`)}
    </svg>
  </div>`;
}

function lifeLabel({ life }) {
  return [...life.bars.map((bar) => `${bar.title} for ${span(bar.to - bar.from)}`), ...life.marks.map((mark) => mark.title)].join('; ');
}

function StepRow({ index, row, scale, names, total, chosen, choose }) {
  const { step, copied, bars } = row;
  const state = copied ? 'copied' : statusWord(step);
  return html`<div class=${chosen ? 'timeline-row chosen' : 'timeline-row'} role="row" aria-rowindex=${index + 2} style=${{ width: `${total}px` }}>
    <div class="timeline-name" role="rowheader" style=${{ width: `${names}px` }}>
      <button type="button" class=${`plain step-link step-${step.status.toLowerCase()}`} title=${step.name} aria-pressed=${chosen}
        aria-label=${`Step ${step.seq}, ${step.name}, ${state}`} onClick=${() => choose(step.seq)}>
        <${KindPicture} step=${step} /> ${step.seq} ${step.name}</button>
    </div>
    <div role="cell">
      <svg class="timeline-bars" width=${scale.pixels + END_ROOM} height=${ROW_HEIGHT} role="img" aria-label=${barsLabel(bars, copied)}>
        ${copied && html`<text class="copied-note" x="4" y="19">copied from the source</text>`}
        ${bars.map((bar, i) => html`<${Bar} key=${i} bar=${bar} scale=${scale} y=${8} height=${14} />`)}
        ${bars.length > 0 && hasEnded(step) && html`<text class="bar-label" x=${scale.x(bars[bars.length - 1].to) + 5} y="19">${span(durationMs(step, 0))}</text>`}
      </svg>
    </div>
  </div>`;
}

function barsLabel(bars, copied) {
  return copied ? 'copied from the source' : bars.map((bar) => `${bar.title}, ${span(bar.to - bar.from)}`).join('; ') || 'nothing on record yet';
}

/** No bar is so short that it is not seen. */
const SHORTEST = 3;

function Bar({ bar, scale, y, height }) {
  const x = scale.x(bar.from);
  const width = Math.max(SHORTEST, scale.x(bar.to) - x);
  return html`<rect class=${`bar bar-${bar.kind}${bar.open ? ' growing' : ''}`} x=${x} y=${y} width=${width} height=${height} rx="2">
    <title>${`${bar.title}: ${span(bar.to - bar.from)}`}</title>
  </rect>`;
}

/** Patterns for waits; bars name them in the style sheet. */
function Hatches() {
  return html`<defs>
    ${['wait', 'retry', 'failed', 'parked'].map((name) => html`<pattern key=${name} id=${`hatch-${name}`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class=${`hatch-ground-${name}`} width="7" height="7" /><rect class=${`hatch-line-${name}`} width="3" height="7" />
    </pattern>`)}
  </defs>`;
}

const LEGEND = [
  ['attempt', 'ran'], ['failed', 'failed'], ['retry-wait', 'waits to try again'], ['wait', 'waits'], ['queue', 'in its queue'],
  ['worker', 'with a worker'], ['parked', 'without a worker'], ['paused', 'paused'], ['dropped', 'earlier run'],
];

function Legend() {
  return html`<ul class="bar-kinds" aria-label="What the colours mean">
    ${LEGEND.map(([kind, label]) => html`<li key=${kind}><svg width="16" height="12" aria-hidden="true"><rect class=${`bar bar-${kind}`} width="16" height="12" rx="2" /></svg> ${label}</li>`)}
  </ul>`;
}
