// The forks of a workflow, and the tree of all that it is related to by forking.
import { get, segment } from '../../lib/api.js';
import { useLoad } from '../../lib/load.js';
import { isClosed } from './steps.js';

/** More forks of one workflow are not shown. */
const MOST_FORKS = 200;

/** Ancestors and descendants are followed no further than this. */
const MOST_GENERATIONS = 8;

/** All related workflows that are shown; each costs a request or two. */
const MOST_RELATED = 100;

/** How many forks of this workflow begin at a step. Without an answer, none: the tree of forks says what is wrong. */
export function useForks(workflow) {
  // An open workflow changes all the time; that it was forked shows when it is looked at again.
  const version = isClosed(workflow) ? workflow.updatedAt : workflow.status;
  const { data } = useLoad((options) => forksOf(workflow.workflowId, options), [workflow.workflowId, version]);
  const counts = new Map();
  for (const { startStep } of data ?? []) {
    counts.set(startStep, (counts.get(startStep) ?? 0) + 1);
  }
  return { at: (seq) => counts.get(seq) ?? 0 };
}

async function forksOf(id, options) {
  const forks = [];
  let cursor;
  do {
    const page = await get(`/workflows/${segment(id)}/forks`, { cursor, limit: MOST_FORKS }, options);
    forks.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && forks.length < MOST_FORKS);
  return forks;
}

/**
 * The tree of forks that a workflow is in: from its first ancestor down. A node is
 * `{id, workflow, fromStep, forks: [node...], gone, more}`; `gone` where it was deleted, `more` where it has forks that are not shown.
 */
export async function treeOf(id, options) {
  const reader = new TreeReader(options);
  let rootId = id;
  for (let i = 0; i < MOST_GENERATIONS; i++) {
    const workflow = await reader.find(rootId);
    if (!workflow?.forkedFrom) {
      break;
    }
    rootId = workflow.forkedFrom;
  }
  return reader.node(rootId, null, 0, id);
}

class TreeReader {
  constructor(options) {
    this.options = options;
    this.found = new Map();
    this.nodes = 0;
  }

  /** A workflow; null where there is none of this id any more. */
  async find(id) {
    if (!this.found.has(id)) {
      this.found.set(id, await get(`/workflows/${segment(id)}`, {}, this.options).catch(orGone));
    }
    return this.found.get(id);
  }

  async node(id, fromStep, generation, sought) {
    this.nodes++;
    const workflow = await this.find(id);
    const known = workflow ? await forksOf(id, this.options) : await this.wayDown(id, sought);
    const forks = [];
    for (const fork of known) {
      if (generation >= 2 * MOST_GENERATIONS || this.nodes >= MOST_RELATED) {
        break;
      }
      forks.push(await this.node(fork.workflowId, fork.startStep, generation + 1, sought));
    }
    return { id, workflow, fromStep, forks, gone: !workflow, more: forks.length < known.length };
  }

  /** Of a workflow that is gone, only the fork is known that leads to the one whose tree this is. */
  async wayDown(id, sought) {
    for (let at = sought; at; ) {
      const workflow = await this.find(at);
      if (workflow?.forkedFrom === id) {
        return [{ workflowId: at, startStep: workflow.forkedFromStep }];
      }
      at = workflow?.forkedFrom;
    }
    return [];
  }
}

function orGone(problem) {
  if (problem.status === 404) {
    return null;
  }
  throw problem;
}
