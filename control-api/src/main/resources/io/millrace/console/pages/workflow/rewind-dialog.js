// Sends a workflow that has ended back to one of its steps.
import { html, useState } from '../../lib/html.js';
import { CommandDialog } from '../../components/command-dialog.js';
import { StepField } from './step-field.js';

/** `startStep` is the step that is chosen at first; the last one unless it is given. */
export function RewindDialog({ workflow, steps, startStep, onClose, onDone }) {
  const last = steps.length ? steps[steps.length - 1].seq : 0;
  const [from, setFrom] = useState(startStep ?? Math.max(1, last));
  const fields = html`<${StepField} label="Run again from step" steps=${steps} value=${from} onChange=${setFrom} />`;
  return html`<${CommandDialog} command="rewind" workflowId=${workflow.workflowId} fields=${fields} body=${{ startStep: from }}
    onClose=${onClose} onDone=${onDone} />`;
}
