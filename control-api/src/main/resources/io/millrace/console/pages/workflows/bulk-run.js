// Sends a command to many workflows and gathers what becomes of each. No page in here.
import { post } from '../../lib/api.js';
import { BULK } from './bulk-commands.js';

/** So few that there is progress to be seen, and that stopping stops soon. */
const BATCH = 25;

/** Which workflows, as the API takes it: {filter} or {workflowIds}. */
export function targetsOf({ byFilter, filter, ids }) {
  return byFilter ? { filter } : { workflowIds: ids };
}

/** How many workflows the server finds, without doing anything. */
export async function dryRun(command, target, extra) {
  const { matched } = await post(`/workflows:${command}`, { ...targetsOf(target), ...BULK[command].body, ...extra, dryRun: true });
  return matched;
}

/**
 * Runs it. Chosen workflows go in batches, with `onProgress(items)` after each, and no more of them once `signal` is aborted; all that match a
 * filter are one request. Resolves to the items; a request that fails ends it, and what was done until then is in the error's `items`.
 */
export async function run(command, target, extra, { onProgress, signal }) {
  const body = { ...BULK[command].body, ...extra };
  if (target.byFilter) {
    return (await post(`/workflows:${command}`, { filter: target.filter, ...body })).items;
  }
  let items = [];
  for (let at = 0; at < target.ids.length && !signal.aborted; at += BATCH) {
    try {
      const answer = await post(`/workflows:${command}`, { workflowIds: target.ids.slice(at, at + BATCH), ...body });
      items = [...items, ...answer.items];
      onProgress(items);
    } catch (problem) {
      problem.items = items;
      throw problem;
    }
  }
  return items;
}
