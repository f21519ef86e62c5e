// A fork beside the workflow that it was made of, step by step. Pure.

import { isCopied } from './steps.js';
import { isSame } from './json-diff.js';

/** What the rows say, in the order in which they matter to a reader. */
export const VERDICTS = {
  copied: 'copied',
  same: 'same output',
  sameError: 'same error',
  different: 'different output',
  other: 'another step',
  open: 'not ended yet',
  onlyHere: 'only in the fork',
  onlyThere: 'only in the source',
};

/**
 * The steps of both, by number.
 *
 * @param fork the workflow that is a fork; its steps are `here`
 * @param here the fork's steps; `there` those of its source. In order
 * @returns `[{seq, here, there, verdict}]` in order; the verdict is a key of {@link VERDICTS}
 */
export function compareSteps(fork, here, there) {
  const sources = new Map(there.map((step) => [step.seq, step]));
  const rows = here.map((step) => {
    const source = sources.get(step.seq);
    sources.delete(step.seq);
    return { seq: step.seq, here: step, there: source || null, verdict: verdict(fork, step, source) };
  });
  for (const step of sources.values()) {
    rows.push({ seq: step.seq, here: null, there: step, verdict: 'onlyThere' });
  }
  return rows.sort((a, b) => a.seq - b.seq);
}

function verdict(fork, step, source) {
  if (!source) {
    return isCopied(fork, step) ? 'copied' : 'onlyHere';
  }
  if (step.name !== source.name || step.kind !== source.kind) {
    return 'other';
  }
  if (!step.completedAt || !source.completedAt) {
    return 'open';
  }
  if (!isSame(step.output, source.output) || !sameError(step.error, source.error)) {
    return 'different';
  }
  if (isCopied(fork, step)) {
    return 'copied';
  }
  return step.error ? 'sameError' : 'same';
}

/** Stack traces differ by line numbers and threads; what went wrong is in type and message. */
function sameError(here, there) {
  return (here && here.type) === (there && there.type) && (here && here.message) === (there && there.message);
}

/** How many rows have each verdict: `{copied: 3, ...}`, only those there are. */
export function tally(rows) {
  const counts = {};
  for (const row of rows) {
    counts[row.verdict] = (counts[row.verdict] || 0) + 1;
  }
  return counts;
}
