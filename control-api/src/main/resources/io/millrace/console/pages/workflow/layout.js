// Where everything of the graph is drawn: steps, the lines between them, and the frames of children that are opened in place. Pure.

import { arrange } from './order.js';

export const NODE_WIDTH = 260;
export const NODE_HEIGHT = 56;
const ROW_GAP = 28;
const COLUMN_GAP = 24;
const PADDING = 16;

/** Height of a frame's heading, where a child opened in place says what it is. */
export const FRAME_HEAD = 34;
const FRAME_GAP = 16;

/**
 * The drawing of a workflow.
 *
 * @param steps its steps in order
 * @param children what is known of children opened in place: `childWorkflowId -> {workflow, steps, problem, loading, more}`
 * @returns `{width, height, nodes, edges, frames}`, in units of the drawing; nodes in the order of their rows. A node has
 *     `{key, step, owner, x, y}`, an edge `{key, x1, y1, x2, y2, depth}`, a frame `{key, childWorkflowId, child, x, y, width, height, depth}`; the
 *     depth is how many workflows a thing is in, and a frame hides the edges of its own depth behind it
 */
export function layOut(workflowId, steps, children) {
  const drawing = { nodes: [], edges: [], frames: [], width: 0, height: 0 };
  const size = place(drawing, workflowId, steps, children, { x: PADDING, y: PADDING }, new Set([workflowId]));
  drawing.width = size.width + 2 * PADDING;
  drawing.height = size.height + 2 * PADDING;
  return drawing;
}

/** Draws the steps of one workflow from a corner on, and says how much room they took. `around` has the workflows that this one is in. */
function place(drawing, owner, steps, children, corner, around) {
  const { places, rows, columns } = arrange(steps);
  const byRow = Array.from({ length: rows }, () => []);
  places.forEach((each, i) => byRow[each.row].push(i));
  const positions = new Array(places.length);
  let y = corner.y;
  let width = columns * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP;
  for (const row of byRow) {
    for (const i of row) {
      const { step, column } = places[i];
      positions[i] = { x: corner.x + column * (NODE_WIDTH + COLUMN_GAP), y };
      drawing.nodes.push({ key: `${owner}#${step.seq}`, step, owner, ...positions[i] });
    }
    y += NODE_HEIGHT;
    for (const i of row) {
      const frame = placeChild(drawing, places[i].step, children, { x: corner.x, y }, around);
      if (frame) {
        y += frame.height + FRAME_GAP;
        width = Math.max(width, frame.width);
      }
    }
    y += ROW_GAP;
  }
  places.forEach((each, i) => {
    for (const j of each.after) {
      drawing.edges.push({ ...edge(owner, places[j].step, each.step, positions[j], positions[i]), depth: around.size });
    }
  });
  return { width: steps.length === 0 ? 0 : width, height: rows === 0 ? 0 : y - ROW_GAP - corner.y };
}

function placeChild(drawing, step, children, corner, around) {
  const id = step.childWorkflowId;
  const child = id && !around.has(id) ? children[id] : undefined;
  if (!child) {
    return null;
  }
  const y = corner.y + FRAME_GAP;
  const inner = { x: corner.x + PADDING, y: y + FRAME_HEAD + PADDING / 2 };
  const frame = { key: `frame:${id}`, childWorkflowId: id, child, x: corner.x, y, depth: around.size };
  drawing.frames.push(frame);
  const size = place(drawing, id, child.steps, children, inner, new Set([...around, id]));
  frame.width = Math.max(size.width + 2 * PADDING, NODE_WIDTH + 2 * PADDING);
  frame.height = FRAME_HEAD + (size.height === 0 ? 0 : size.height + 1.5 * PADDING);
  return { width: frame.width, height: frame.height + FRAME_GAP };
}

function edge(owner, from, to, a, b) {
  return {
    key: `${owner}#${from.seq}-${to.seq}`,
    x1: a.x + NODE_WIDTH / 2,
    y1: a.y + NODE_HEIGHT,
    x2: b.x + NODE_WIDTH / 2,
    y2: b.y,
  };
}

/** The line of an edge as an SVG path: straight down in the column of the upper step, and over to the lower one just before it. */
export function pathOf({ x1, y1, x2, y2 }) {
  if (x1 === x2) {
    return `M${x1} ${y1}V${y2}`;
  }
  const turn = y2 - ROW_GAP / 2;
  const radius = 8;
  const side = x2 > x1 ? radius : -radius;
  return (
    `M${x1} ${y1}V${turn - radius}Q${x1} ${turn} ${x1 + side} ${turn}` +
    `H${x2 - side}Q${x2} ${turn} ${x2} ${turn + radius}V${y2}`
  );
}

/** What of a drawing is seen in a window of it, both in units of the drawing. */
export function visible(drawing, view) {
  const right = view.x + view.width;
  const bottom = view.y + view.height;
  const nodeSeen = ({ x, y }) => x < right && x + NODE_WIDTH > view.x && y < bottom && y + NODE_HEIGHT > view.y;
  return {
    nodes: drawing.nodes.filter(nodeSeen),
    edges: drawing.edges.filter(
      (line) =>
        Math.min(line.x1, line.x2) < right && Math.max(line.x1, line.x2) > view.x && line.y1 < bottom && line.y2 > view.y,
    ),
    frames: drawing.frames.filter(
      (frame) =>
        frame.x < right && frame.x + frame.width > view.x && frame.y < bottom && frame.y + frame.height > view.y,
    ),
  };
}

/**
 * The node that an arrow key leads to from a node; the node itself where there is none. Up and down go to the nearest row, there to the node
 * that is nearest sideways; left and right stay in the row.
 */
export function neighbour(nodes, from, key) {
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  const sign = key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1;
  let best = from;
  let bestDistance = Infinity;
  for (const node of nodes) {
    const dx = node.x - from.x;
    const dy = node.y - from.y;
    const ahead = sideways ? dx * sign : dy * sign;
    if (ahead <= 0 || (sideways && dy !== 0)) {
      continue;
    }
    const distance = sideways ? ahead : ahead * FAR + Math.abs(dx);
    if (distance < bestDistance) {
      best = node;
      bestDistance = distance;
    }
  }
  return best;
}

/** So much further is a row than any column: the nearest row wins. */
const FAR = 1_000_000;
