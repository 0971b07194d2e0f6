export type Revision = '2025-11-25' | '2026-07-28';

/** What doesn't apply to this service, and why. */
export interface NotApplicable {
  readonly reason: string;
  readonly scenarios: readonly string[];
  /** Omitted: both. */
  readonly revision?: Revision;
  /** The checks that don't apply. Omitted: all; else the others of the scenario must pass. */
  readonly checks?: readonly string[];
}

export const notApplicable: readonly NotApplicable[] = [
  {
    reason: 'tools answer in text (JSON): there are no images, sounds or embedded resources on Charitylog',
    scenarios: ['tools-call-image', 'tools-call-audio', 'tools-call-embedded-resource', 'tools-call-mixed-content'],
  },
  {
    reason: 'resources are JSON, and prompts are text',
    scenarios: ['resources-read-binary', 'prompts-get-embedded-resource', 'prompts-get-with-image'],
  },
  {
    reason: 'looks for a tool with one certain schema; ours are flat, since hosts refuse composed ones',
    scenarios: ['json-schema-2020-12'],
  },
  {
    reason: 'the logging capability is not offered: the log is the operator’s',
    scenarios: ['logging-set-level', 'tools-call-with-logging'],
  },
  {
    reason: 'the subscribe capability is not offered: Charitylog does not tell when a record changes',
    scenarios: ['resources-subscribe', 'resources-unsubscribe'],
  },
  {
    reason: 'a service without sessions cannot ask a client of this revision, and answers with a confirm_token instead',
    scenarios: ['tools-call-elicitation', 'elicitation-sep1034-defaults', 'elicitation-sep1330-enums'],
  },
  {
    reason: 'there are no sessions, which are optional, and so no streams to resume',
    revision: '2025-11-25',
    scenarios: ['server-session-lifecycle', 'server-sse-polling', 'server-sse-multiple-streams'],
  },
  {
    reason: 'nothing is asked of the client’s model or file system',
    scenarios: [
      'tools-call-sampling',
      'input-required-result-basic-sampling',
      'input-required-result-basic-list-roots',
      'input-required-result-multiple-input-requests',
    ],
  },
  {
    reason: 'one question is asked, by one tool',
    scenarios: ['input-required-result-multi-round', 'input-required-result-non-tool-request'],
  },
  {
    reason: 'wants sampling instead of elicitation; ours asks nothing then, and answers with a confirm_token',
    scenarios: ['input-required-result-capability-check'],
  },
  {
    reason: 'no argument is mirrored in a header, where proxies would log personal data',
    scenarios: ['http-custom-header-server-validation'],
  },
  {
    reason: 'no tool needs a capability of the client',
    scenarios: ['server-stateless'],
    checks: ['sep-2575-server-rejects-undeclared-capability', 'sep-2575-missing-capability-http-400'],
  },
  {
    reason: 'prompts do not change, and the list of tools only with the charity’s own system, not by a call',
    scenarios: ['server-stateless'],
    checks: [
      'sep-2575-server-sends-prompts-list-changed-on-subscription',
      'sep-2575-server-sends-tools-list-changed-on-subscription',
    ],
  },
  {
    reason: 'of an optional extension (tasks, skills), which is not offered',
    scenarios: [
      'sep-2640-skills-directory',
      'sep-2640-skills-enumeration',
      'sep-2640-skills-manifest',
      'tasks-lifecycle',
      'tasks-capability-negotiation',
      'tasks-wire-fields',
      'tasks-request-state-removal',
      'tasks-mrtr-input',
      'tasks-request-headers',
      'tasks-dispatch-and-envelope',
      'tasks-status-notifications',
      'tasks-required-task-error',
      'tasks-mrtr-composition',
    ],
  },
];
