// Which step came after which, and which ran side by side, read off the times on record. Pure.
//
// A step comes after another one if it was called later and began when that one had ended. Two steps of which neither comes after the other
// ran side by side. The edges are the transitive reduction: no edge where a longer way leads to the same step.

/** How many steps before a step are looked at for those it came after: more than so many do not run side by side. */
const LOOK_BACK = 1000;

/**
 * Puts steps into rows and columns.
 *
 * @param steps in order of their numbers; at least `seq`, `startedAt`, `completedAt`
 * @returns `{places: [{step, row, column, after: [index...]}], rows, columns}`; `after` has the places of the steps right before it
 */
export function arrange(steps) {
  const intervals = intervalsOf(steps);
  const highestEnd = runningMax(intervals);
  const places = [];
  for (let i = 0; i < steps.length; i++) {
    const after = directlyBefore(intervals, highestEnd, i);
    const row = after.reduce((highest, j) => Math.max(highest, places[j].row + 1), 0);
    places.push({ step: steps[i], row, column: 0, after });
  }
  const columns = assignColumns(places);
  return { places, rows: places.reduce((most, place) => Math.max(most, place.row + 1), 0), columns };
}

/**
 * From when to when each step ran, in milliseconds. One of which it is not known when it began was called before the next one that is on
 * record, so it is taken to have begun with that one; where none follows, when all before it had ended.
 */
function intervalsOf(steps) {
  const intervals = new Array(steps.length);
  let next = NaN;
  for (let i = steps.length - 1; i >= 0; i--) {
    const { startedAt, completedAt } = steps[i];
    const end = completedAt ? Date.parse(completedAt) : Infinity;
    const start = startedAt ? Date.parse(startedAt) : completedAt ? end : next;
    intervals[i] = { start: Math.min(start, end), end };
    next = start;
  }
  let ended = 0;
  for (const interval of intervals) {
    if (Number.isNaN(interval.start)) {
      interval.start = ended;
    } else if (interval.end !== Infinity) {
      ended = Math.max(ended, interval.end);
    }
  }
  return intervals;
}

/** For each place the latest end of all steps up to it, of those that have ended. */
function runningMax(intervals) {
  let highest = -Infinity;
  return intervals.map(({ end }) => {
    if (end !== Infinity) {
      highest = Math.max(highest, end);
    }
    return highest;
  });
}

function directlyBefore(intervals, highestEnd, index) {
  const begin = intervals[index].start;
  const found = [];
  let latestStart = -Infinity;
  const first = Math.max(0, index - LOOK_BACK);
  for (let j = index - 1; j >= first && highestEnd[j] > latestStart; j--) {
    const { start, end } = intervals[j];
    if (end <= begin && end > latestStart) {
      found.push(j);
      latestStart = Math.max(latestStart, start);
    }
  }
  return found.reverse();
}

/**
 * Gives each step the leftmost column that is free from its row to the row before the first step that comes after it, so that the line
 * between them crosses no other step.
 */
function assignColumns(places) {
  const until = places.map((place) => place.row);
  places.forEach((place) => {
    for (const j of place.after) {
      until[j] = Math.max(until[j], place.row - 1);
    }
  });
  const inRows = places.map((_, i) => i).sort((a, b) => places[a].row - places[b].row || a - b);
  const takenUntil = [];
  for (const i of inRows) {
    const place = places[i];
    const wished = place.after.length > 0 ? Math.min(...place.after.map((j) => places[j].column)) : 0;
    place.column = freeColumn(takenUntil, place.row, wished);
    takenUntil[place.column] = until[i];
  }
  return Math.max(1, takenUntil.length);
}

function freeColumn(takenUntil, row, wished) {
  if (isFree(takenUntil, wished, row)) {
    return wished;
  }
  let column = 0;
  while (!isFree(takenUntil, column, row)) {
    column++;
  }
  return column;
}

function isFree(takenUntil, column, row) {
  return takenUntil[column] === undefined || takenUntil[column] < row;
}
