// The steps as a graph: in order from top to bottom, side by side where they ran side by side, children opened in place.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../../lib/html.js';
import { navigate } from '../../lib/router.js';
import { EmptyView, Loading } from '../../components/views.js';
import { useChildren } from './children.js';
import { layOut, neighbour, NODE_HEIGHT, NODE_WIDTH, pathOf, visible } from './layout.js';
import { Frame, Node } from './graph-node.js';
import { reveal, useSeen } from './scrolled.js';
import { useForks } from './forks.js';
import { isClosed } from './steps.js';

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5];

/** Where all text is larger, as the style sheet has it; so is the graph, at first. */
const LARGE_SCREEN = '(min-width: 2400px)';

export function Graph(props) {
  const { workflow, steps, stepsLoaded } = props;
  if (steps.length > 0) {
    return html`<${Drawing} ...${props} />`;
  }
  return stepsLoaded ? html`<${NoSteps} workflow=${workflow} />` : html`<${Loading} what="Loading the steps" />`;
}

const NO_STEPS = {
  DELAYED: 'Its delay is not over. Use “Run now” above if it should begin at once.',
  ENQUEUED: 'It waits for a worker. If it waits for long, see whether there are workers for its queue and type.',
  RUNNING: 'A worker runs it; a step appears here when it ends or waits.',
};

export function NoSteps({ workflow }) {
  const why = NO_STEPS[workflow.status] ?? (isClosed(workflow) ? 'It has ended without any.' : 'It has not come to any.');
  return html`<${EmptyView} title="There are no steps yet"><p>${why}</p><//>`;
}

function Drawing({ workflow, steps, chosen, choose }) {
  const [zoom, setZoom] = useState(() => ZOOMS.indexOf(matchMedia(LARGE_SCREEN).matches ? 1.25 : 1));
  const scale = ZOOMS[zoom];
  const children = useChildren(workflow);
  const forks = useForks(workflow);
  const drawing = useMemo(() => layOut(workflow.workflowId, steps, children.open), [workflow.workflowId, steps, children.open]);
  const scroller = useRef(null);
  const focus = useNodeFocus(drawing, scroller, scale, workflow, chosen);
  const open = (node) =>
    node.owner === workflow.workflowId ? choose(node.step.seq) : navigate(['workflows', node.owner], { step: node.step.seq });
  const onKeyDown = (event, node) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(node);
    } else if (KEYS.has(event.key)) {
      event.preventDefault();
      focus.move(node, event.key);
    }
  };
  return html`<div class="graph">
    <${Tools} drawing=${drawing} zoom=${zoom} setZoom=${setZoom} goTo=${focus.goTo} workflow=${workflow} />
    <div class="graph-scroller" ref=${scroller} tabindex="-1">
      <${Picture} drawing=${drawing} scale=${scale} scroller=${scroller} focused=${focus.key} chosen=${chosen} workflow=${workflow}
        children=${children} forks=${forks} open=${open} onKeyDown=${onKeyDown} onFocus=${focus.setKey} />
    </div>
  </div>`;
}

const KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

/** One node at a time can be reached by Tab; arrow keys move from it to others, which may not have been drawn before. */
function useNodeFocus(drawing, scroller, scale, workflow, chosen) {
  const [key, setKey] = useState(chosen ? `${workflow.workflowId}#${chosen}` : drawing.nodes[0].key);
  const wanted = useRef(null);
  const show = (node) =>
    reveal(scroller.current, { x: node.x * scale, y: node.y * scale, width: NODE_WIDTH * scale, height: NODE_HEIGHT * scale });
  const focusWanted = () => {
    const element = wanted.current && scroller.current.querySelector(`[data-key="${CSS.escape(wanted.current)}"]`);
    if (element) {
      wanted.current = null;
      element.focus({ preventScroll: true });
    }
  };
  const goTo = (node) => {
    show(node);
    wanted.current = node.key;
    setKey(node.key);
    focusWanted(); // It may be there already; if not, it is after the next drawing.
  };
  useLayoutEffect(focusWanted);
  useEffect(() => {
    const node = chosen && drawing.nodes.find((each) => each.key === `${workflow.workflowId}#${chosen}`);
    if (node) {
      show(node);
      setKey(node.key);
    }
  }, [chosen]);
  const move = (node, pressed) => {
    const ends = { Home: drawing.nodes[0], End: drawing.nodes[drawing.nodes.length - 1] };
    goTo(ends[pressed] ?? neighbour(drawing.nodes, node, pressed));
  };
  const present = drawing.nodes.some((node) => node.key === key) ? key : drawing.nodes[0].key;
  return { key: present, setKey, goTo, move };
}

function Picture({ drawing, scale, scroller, focused, chosen, workflow, children, forks, open, onKeyDown, onFocus }) {
  const seen = useSeen(scroller);
  const view = { x: seen.x / scale, y: seen.y / scale, width: seen.width / scale, height: seen.height / scale };
  const { nodes, edges, frames } = visible(drawing, view);
  const focusedNode = drawing.nodes.find((node) => node.key === focused);
  const drawn = focusedNode && !nodes.includes(focusedNode) ? [...nodes, focusedNode] : nodes;
  return html`<svg class="graph-picture" width=${drawing.width * scale} height=${drawing.height * scale}
      viewBox=${`0 0 ${drawing.width} ${drawing.height}`} role="group" aria-label=${`${drawing.nodes.length} steps; arrow keys move between them, Enter opens one`}>
    ${ground(frames, edges).map(({ frame, line }) => frame
      ? html`<${Frame} key=${frame.key} frame=${frame} />`
      : html`<path key=${line.key} class="edge" d=${pathOf(line)} />`)}
    ${drawn.map((node) => html`<${Node} key=${node.key} node=${node} focused=${node.key === focused}
      chosen=${node.owner === workflow.workflowId && node.step.seq === chosen}
      workflow=${node.owner === workflow.workflowId ? workflow : null}
      forks=${node.owner === workflow.workflowId ? forks.at(node.step.seq) : 0}
      children=${children} open=${open} onKeyDown=${onKeyDown} onFocus=${onFocus} />`)}
  </svg>`;
}

/** What is drawn under the nodes, from the back to the front: a frame hides the lines of the workflow that it is in. */
function ground(frames, edges) {
  return [...edges.map((line) => ({ line })), ...frames.map((frame) => ({ frame }))]
    .map((each) => ({ ...each, level: each.frame ? 2 * each.frame.depth + 1 : 2 * each.line.depth }))
    .sort((a, b) => a.level - b.level);
}

function Tools({ drawing, zoom, setZoom, goTo, workflow }) {
  const own = drawing.nodes.filter((node) => node.owner === workflow.workflowId);
  const failed = own.find((node) => node.step.status === 'FAILED');
  return html`<div class="view-tools" role="toolbar" aria-label="Graph">
    <button type="button" onClick=${() => goTo(own[0])}>First step</button>
    <button type="button" onClick=${() => goTo(own[own.length - 1])}>Last step</button>
    ${failed && html`<button type="button" onClick=${() => goTo(failed)}>Failed step</button>`}
    <span class="tools-end">
      <button type="button" aria-label="Smaller" disabled=${zoom === 0} onClick=${() => setZoom(zoom - 1)}>−</button>
      <span class="zoom">${Math.round(ZOOMS[zoom] * 100)} %</span>
      <button type="button" aria-label="Larger" disabled=${zoom === ZOOMS.length - 1} onClick=${() => setZoom(zoom + 1)}>+</button>
    </span>
  </div>`;
}
