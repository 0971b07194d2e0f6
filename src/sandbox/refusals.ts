import type { ApiError } from './api-error.ts';
import { type Answer, json } from './respond.ts';
import type { Switches } from './switches.ts';

/** A refusal as this system says one: by its status, or in a 200. */
export function answerRefusal({ refusal }: Switches, { status, message }: ApiError): Answer {
  switch (refusal) {
    case 'status':
      return json(status, { error: message });
    case 'success':
      return json(200, { success: false, message });
    case 'status-word':
      return json(200, { status: 'error', message, data: [] });
    case 'status-false':
      return json(200, { status: false, message });
    case 'code':
      return json(200, { code: status, message, data: null });
    case 'ok':
      return json(200, { ok: 0, message });
    case 'error':
      return json(200, { error: message });
    case 'errors':
      return json(200, { errors: [{ message }] });
    case 'wrapped':
      return json(200, { response: { status: 'failed', message } });
    case 'text':
      return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message };
  }
}
