/** What stands in for one of the suite's own tools, prompts or resources. */
export interface StandIn {
  /** Replaces these parameters of the request. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The suite's name for the one question that `create_person` asks. */
  readonly question?: string;
}

/** Possibly there already, so the person at the host is asked. The suite's answers tick no box: nobody is added. */
const createPerson = {
  name: 'create_person',
  arguments: { first_name: 'John', surname: 'Smith', type: 'Volunteers' },
};

/**
 * Scenarios name tools, prompts and resources of the suite's reference server. Where what they check is how such a thing is
 * answered and not what it says, one of ours takes its place: by name or URI.
 */
export const standIns: Readonly<Record<string, StandIn>> = {
  test_simple_text: { params: { name: 'list_client_types', arguments: {} } },
  test_logging_tool: { params: { name: 'list_client_types', arguments: {} } },
  test_error_handling: { params: { name: 'get_person', arguments: { id: 999_999_999 } } },
  test_tool_with_progress: { params: { name: 'search_people', arguments: { name: 'Smith', limit: 1 } } },
  test_simple_prompt: { params: { name: 'find_person' } },
  test_prompt_with_arguments: {
    params: { name: 'register_person', arguments: { first_name: 'testValue1', surname: 'testValue2' } },
  },
  'test://static-text': { params: { uri: 'charitylog://client-types' } },
  'test://template/123/data': { params: { uri: 'charitylog://people/123' } },
  test_streaming_elicitation: { params: createPerson },
  test_input_required_result_elicitation: { params: createPerson, question: 'user_name' },
  test_input_required_result_request_state: { params: createPerson },
  test_input_required_result_tampered_state: { params: createPerson },
  test_input_required_result_capabilities: { params: createPerson },
};

/** Stands in for the completion of an argument of `test_prompt_with_arguments`. */
export const completionStandIn: StandIn = {
  params: { ref: { type: 'ref/prompt', name: 'register_person' }, argument: { name: 'type', value: 'v' } },
};
