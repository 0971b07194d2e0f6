import { countTokens } from 'gpt-tokenizer';
import type { PublishedTool } from './mcp-process.ts';

/** How many tokens a text takes (o200k). */
export function tokensOf(text: string): number {
  // A text of millions of tokens is counted in slices; a slice more or less is a token.
  if (text.length <= sliceLength) return countTokens(text);
  let tokens = 0;
  for (let start = 0; start < text.length; start += sliceLength) {
    tokens += countTokens(text.slice(start, start + sliceLength));
  }
  return tokens;
}

const sliceLength = 200_000;

/** What a server's definitions take: its instructions and its tools, as a host hands them to a model. */
export function definitionTokens(instructions: string | undefined, tools: readonly PublishedTool[]): number {
  const shown = tools.map(({ name, description, inputSchema }) => ({ name, description, input_schema: inputSchema }));
  return tokensOf(JSON.stringify({ instructions, tools: shown }));
}
