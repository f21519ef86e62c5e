// One step of the graph, and the frame around the steps of a child. SVG; whatever users named is text.
import { html } from '../../lib/html.js';
import { plural, span, words } from '../../lib/format.js';
import { href } from '../../lib/router.js';
import { useNow } from '../../components/when.js';
import { FRAME_HEAD, NODE_HEIGHT, NODE_WIDTH } from './layout.js';
import { durationMs, hasEnded, isCopied, kindOf, statusWord } from './steps.js';

/** Where the name begins, how wide its characters are, and what is kept free at its right, in units of the drawing. */
const NAME_X = 40;
const CHARACTER = 8.6;
const MARGIN = 10;
const FORK_MARK = 56;
const TOGGLE = 22;

export function Node({ node, focused, chosen, workflow, forks, children, open, onKeyDown, onFocus }) {
  const { step, x, y } = node;
  const copied = workflow !== null && isCopied(workflow, step);
  const classes = ['node', `step-${step.status.toLowerCase()}`, chosen && 'chosen', copied && 'copied', !hasEnded(step) && 'pulsing'];
  const toggles = Boolean(step.childWorkflowId);
  return html`<g transform=${`translate(${x} ${y})`}>
    <g class=${classes.filter(Boolean).join(' ')} role="button" tabindex=${focused ? 0 : -1} data-key=${node.key} data-seq=${step.seq}
        aria-label=${labelOf(step, copied, forks)} aria-pressed=${chosen}
        onClick=${() => open(node)} onKeyDown=${(event) => onKeyDown(event, node)} onFocus=${() => onFocus(node.key)}>
      <title>${step.name}</title>
      <rect class="box" width=${NODE_WIDTH} height=${NODE_HEIGHT} rx="8" />
      <rect class="stripe" width="5" height=${NODE_HEIGHT} rx="2.5" />
      <path class="sign" transform="translate(15 11)" d=${kindOf(step).picture} fill-rule="evenodd" />
      <${Name} name=${step.name} room=${NODE_WIDTH - NAME_X - MARGIN - (toggles ? TOGGLE : forks > 0 ? FORK_MARK : 0)} />
      <text class="detail" x="14" y="44">${step.seq}${'. '}<${Detail} step=${step} copied=${copied} /></text>
      ${step.attempts > 1 && !copied && html`<text class="retries" x=${NODE_WIDTH - MARGIN} y="44" text-anchor="end">${plural(step.attempts, 'attempt')}</text>`}
      ${forks > 0 && html`<text class="fork-mark" x=${NODE_WIDTH - MARGIN} y=${toggles ? 44 : 23} text-anchor="end">${plural(forks, 'fork')}</text>`}
    </g>
    ${toggles && html`<${Toggle} step=${step} children=${children} />`}
  </g>`;
}

/** As much of the name as there is room for; all of it is in the label and the tooltip. What is wider than it looked is cut by the inner SVG. */
function Name({ name, room }) {
  return html`<svg x=${NAME_X} width=${room} height=${NODE_HEIGHT}><text class="name" y="23">${short(name, Math.floor(room / CHARACTER))}</text></svg>`;
}

/** Status and duration; of an open step it ticks. */
function Detail({ step, copied }) {
  if (copied) {
    return 'copied from the source';
  }
  return hasEnded(step) ? `${statusWord(step)}${took(step, 0)}` : html`<${Ticking} step=${step} />`;
}

function Ticking({ step }) {
  return `${statusWord(step)}${took(step, useNow())}`;
}

function took(step, now) {
  const ms = durationMs(step, now);
  return ms === null || step.kind === 'SET_VALUE' ? '' : `, ${span(ms)}`;
}

function labelOf(step, copied, forks) {
  const parts = [`Step ${step.seq}, ${kindOf(step).word}, ${step.name}`, copied ? 'copied from the source' : statusWord(step)];
  if (step.attempts > 1) parts.push(plural(step.attempts, 'attempt'));
  if (forks > 0) parts.push(`${plural(forks, 'fork')} from here`);
  return parts.join(', ');
}

function Toggle({ step, children }) {
  const id = step.childWorkflowId;
  const opened = Boolean(children.open[id]);
  const act = () => children.toggle(id);
  const onKeyDown = (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act();
    }
  };
  return html`<g class="toggle" role="button" tabindex="0" aria-expanded=${opened} aria-label=${`Steps of the child ${id}`}
      transform=${`translate(${NODE_WIDTH - TOGGLE - 6} 6)`} onClick=${act} onKeyDown=${onKeyDown}>
    <rect width=${TOGGLE} height=${TOGGLE} rx="5" />
    <text x=${TOGGLE / 2} y=${TOGGLE / 2 + 5} text-anchor="middle">${opened ? '−' : '+'}</text>
  </g>`;
}

export function Frame({ frame }) {
  const { childWorkflowId: id, child, x, y, width, height } = frame;
  const room = Math.floor((width - 24) / 8);
  return html`<g class="frame" transform=${`translate(${x} ${y})`} role="group" aria-label=${`Child ${id}`}>
    <rect width=${width} height=${height} rx="8" />
    <a href=${href(['workflows', id])}><title>Open ${id}</title><text class="frame-title" x="14" y=${FRAME_HEAD - 12}>${short(titleOf(id, child), room)}</text></a>
  </g>`;
}

function titleOf(id, { workflow, problem, loading, more }) {
  if (problem) {
    return `${id}: ${problem.detail ?? problem.title}`;
  }
  if (loading || !workflow) {
    return `${id}: loading`;
  }
  return `${id}, ${words(workflow.status).toLowerCase()}${more ? ', the first steps' : ''}${workflow.stepCount === 0 ? ', no steps yet' : ''}`;
}

function short(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
