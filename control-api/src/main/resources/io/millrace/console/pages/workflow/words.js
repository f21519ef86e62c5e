// The history in plain words: one sentence for each fact, and whether a person or a system asked for it. Pure.

import { plural, span, timeOf } from '../../lib/format.js';

/** So much of a payload, a message or an error is shown in a sentence; all of it is in the details. */
const LONGEST_EXTRACT = 120;

/** Commands by the names that the history gives them, where "a <name>" is not how people say it. */
const COMMANDS = {
  start: 'another start',
  unpause: 'an unpause',
  'send message': 'a message',
  'set priority': 'a change of priority',
  'move to queue': 'a move to another queue',
};

/**
 * A fact as people read it.
 *
 * @returns `{text, tone, command}`; tone is `plain`, `good`, `bad` or `wait`; command, where somebody asked for it, is
 *     `{issuer, reason, accepted, answer}`
 */
export function wordsOf(fact) {
  const words = FACTS[fact.type];
  if (!words) {
    return { text: `something that this page does not know: ${fact.type}`, tone: 'plain', command: null };
  }
  const [text, tone = 'plain'] = [].concat(words(fact));
  return { text, tone, command: commandOf(fact) };
}

/** Facts that are the effect of somebody's command. */
const COMMAND_FACTS = new Set([
  'workflowStarted',
  'cancelAsked',
  'terminated',
  'paused',
  'unpaused',
  'expedited',
  'prioritySet',
  'movedToQueue',
  'reopened',
  'forkAsked',
]);

function commandOf(fact) {
  if (fact.type === 'commandNoted') {
    return { issuer: fact.issuer, reason: fact.reason, accepted: fact.accepted, answer: fact.answer };
  }
  if (fact.type === 'forkAnswered') {
    return { issuer: null, reason: null, accepted: fact.accepted, answer: fact.reason };
  }
  if (fact.type === 'messageReceived' && fact.commandId) {
    return { issuer: fact.sender, reason: null, accepted: true, answer: null };
  }
  if (!COMMAND_FACTS.has(fact.type)) {
    return null;
  }
  return { issuer: fact.issuer, reason: fact.reason, accepted: true, answer: null };
}

const FACTS = {
  workflowStarted: (f) => {
    const parts = [`Started as ${f.start.workflowType} on queue ${f.start.queue}`];
    if (f.forkedFrom) parts.push(`as a fork of ${f.forkedFrom} from step ${f.forkedFromStep}`);
    if (f.parentWorkflowId) parts.push(`by step ${f.parentStep} of ${f.parentWorkflowId}`);
    if (f.start.delayMs) parts.push(`to begin in ${span(f.start.delayMs)}`);
    if (f.start.timeoutMs) parts.push(`with ${span(f.start.timeoutMs)} to finish`);
    return parts.join(', ');
  },
  commandNoted: (f) =>
    f.accepted
      ? `${capital(COMMANDS[f.command] ?? `a ${f.command}`)} changed nothing: ${f.answer}`
      : [`${capital(COMMANDS[f.command] ?? `a ${f.command}`)} was refused: ${f.answer}`, 'bad'],
  delayElapsed: () => 'The delay is over; it waits for a worker',
  granted: (f) => `Given to worker ${f.workerId} (execution ${f.epoch})`,
  stepCompleted: (f) =>
    f.failure
      ? [`${step(f)} failed for good at attempt ${f.attempt}: ${failure(f.failure)}`, 'bad']
      : [`${step(f)} completed${f.attempt > 1 ? ` at attempt ${f.attempt}` : ''}: ${extract(f.output)}`, 'good'],
  stepAttemptFailed: (f) => [
    `${step(f)} failed at attempt ${f.attempt}, the next is at ${timeOf(iso(f.retryAtMs))}: ${failure(f.failure)}`,
    'bad',
  ],
  sleepStarted: (f) => [`Step ${f.seq} sleeps until ${timeOf(iso(f.dueAtMs))}`, 'wait'],
  valueRecorded: (f) => `The code asked for a value that must stay the same (${f.kind}): ${shorten(f.value)}`,
  parked: (f) => [`Waits at step ${f.seq}; no worker is needed meanwhile`, 'wait'],
  waitElapsed: (f) => `The wait of step ${f.seq} is over`,
  workflowCompleted: (f) => [`Completed: ${extract(f.output)}`, 'good'],
  workflowFailed: (f) => [`Failed${f.failedStep ? ` because of step ${f.failedStep}` : ''}: ${failure(f.failure)}`, 'bad'],
  released: (f) => `Its worker gave it back: ${f.reason}`,
  workerLost: (f) => [
    `Worker ${f.workerId} was lost (${f.recoveryAttempts} so far)${f.reason ? `: ${f.reason}` : ''}`,
    'bad',
  ],
  workflowTimedOut: (f) => [
    f.timeoutMs ? `Timed out: it ran for longer than ${span(f.timeoutMs)}` : "Timed out: its parent's deadline came",
    'bad',
  ],
  recoveryExhausted: (f) => [`Given up: it lost its worker ${f.recoveryAttempts} times`, 'bad'],
  stepHeartbeat: (f) => `${step(f)} says that it is alive (attempt ${f.attempt})${f.details ? `: ${extract(f.details)}` : ''}`,
  stepCancelled: (f) => `${step(f)} was cancelled`,
  cancelSurfaced: (f) => `The code was told of the cancel after step ${f.afterStep}`,
  receiveStarted: (f) => [
    `Step ${f.seq} waits for a message on "${f.topic}"${f.dueAtMs ? ` until ${timeOf(iso(f.dueAtMs))}` : ''}`,
    'wait',
  ],
  receiveSeen: (f) => `The code has seen how the wait of step ${f.seq} ended`,
  messageSent: (f) => `Step ${f.seq} sent a message on "${f.topic}" to ${f.workflowId}: ${extract(f.payload)}`,
  valueSet: (f) => `Step ${f.seq} set the value "${f.key}": ${extract(f.value)}`,
  childStarted: (f) => `Step ${f.seq} started the child ${f.childWorkflowId} (${f.start.workflowType})`,
  workflowCancelled: (f) =>
    f.failure ? [`Its code has ended; its clean-up failed: ${failure(f.failure)}`, 'bad'] : 'Its code has ended after the cancel',
  cancelAsked: (f) => (f.cascade ? 'Cancel asked for, of its children too' : 'Cancel asked for, without its children'),
  cancelCompleted: () => 'Cancelled: nothing of it runs any more',
  terminated: (f) => [f.cascade ? 'Terminated, its children too' : 'Terminated, without its children', 'bad'],
  paused: () => 'Paused',
  unpaused: () => 'Unpaused: it goes on',
  expedited: () => 'Resumed while it waited: it goes before all others',
  prioritySet: (f) => `Its priority is ${f.priority} now`,
  movedToQueue: (f) => `Moved to queue ${f.queue}${f.priority ? `, priority ${f.priority}` : ''}`,
  reopened: (f) => `${f.rewind ? 'Rewound' : 'Resumed'}: it runs again from step ${f.fromStep}, on queue ${f.queue}`,
  forkAsked: (f) => `A fork from step ${f.startStep} was asked for: ${f.forkWorkflowId}`,
  forkAnswered: (f) =>
    f.accepted
      ? [`The fork ${f.forkWorkflowId} is there`, 'good']
      : [`The fork ${f.forkWorkflowId} was refused${f.reason ? `: ${f.reason}` : ''}`, 'bad'],
  stepsCopied: (f) => `${plural((f.steps || []).length, 'step')} copied from the source`,
  messageReceived: (f) => `A message came on "${f.topic}" from ${f.sender}: ${extract(f.payload)}`,
  messageDelivered: (f) =>
    f.messageNumber ? `Step ${f.seq} received message ${f.messageNumber}` : `Step ${f.seq} received nothing: its time ran out`,
  messageAnswered: (f) =>
    f.accepted
      ? `The message of step ${f.seq} was taken`
      : [`The message of step ${f.seq} was refused${f.reason ? `: ${f.reason}` : ''}`, 'bad'],
  childEnded: (f) => [
    `The child ${f.childWorkflowId} of step ${f.seq} ended ${f.status}${f.failure ? `: ${failure(f.failure)}` : ''}`,
    f.status === 'COMPLETED' ? 'good' : 'bad',
  ],
};

function step(fact) {
  return `Step ${fact.seq} "${fact.name}"`;
}

function failure({ type, message }) {
  return shorten(`${simpleName(type)}: ${message}`);
}

/** The class of an error without its package. */
export function simpleName(type) {
  return String(type).split('.').pop();
}

function extract(payload) {
  return payload === undefined || payload === null ? 'nothing' : shorten(JSON.stringify(payload));
}

function shorten(text) {
  const line = String(text).split('\n')[0];
  return line.length > LONGEST_EXTRACT ? `${line.slice(0, LONGEST_EXTRACT)}…` : line;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function iso(ms) {
  return new Date(ms).toISOString();
}
