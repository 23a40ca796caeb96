import { createServer } from 'node:http';
import { listen, type Listening } from './listen';
import { readBody } from './readBody';

export interface Assistant extends Listening {
	/** The tools it was offered. */
	readonly tools: string[];
}

interface Asked {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string } }>;
}

/** A language model that calls the first tool with the user's words, then repeats what the tool said. */
export async function startAssistant(): Promise<Assistant> {
	const tools: string[] = [];
	const server = createServer((request, response) => {
		void readBody(request).then((body) => {
			const asked = JSON.parse(body.toString()) as Asked;
			tools.push(...(asked.tools ?? []).map((tool) => tool.function.name));
			const completion = {
				id: 'chatcmpl-1',
				object: 'chat.completion',
				created: 1,
				model: 'gpt',
				choices: [{ index: 0, message: answer(asked), finish_reason: 'stop' }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			};
			response.setHeader('content-type', 'application/json').end(JSON.stringify(completion));
		});
	});
	return { ...(await listen(server)), tools };
}

function answer({ messages }: Asked): object {
	const told = messages.findLast(({ role }) => role === 'tool');
	if (told) return { role: 'assistant', content: String(told.content) };
	const prompt = messages.findLast(({ role }) => role === 'user')?.content;
	const call = { name: 'Generate_video', arguments: JSON.stringify({ prompt }) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: 'call_1', type: 'function', function: call }],
	};
}
