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

/**
 * A language model that calls a tool with the user's words, and then repeats what the tool said: the
 * tool that changes a video if it finds one in what was said before, else the one that makes one.
 */
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
	const asked = messages.findLastIndex(({ role }) => role === 'user');
	const result = messages.slice(asked).find(({ role }) => role === 'tool');
	if (result) return { role: 'assistant', content: String(result.content) };
	const before = messages.slice(0, asked);
	const sid = lastValue('sid', before);
	const words = messages[asked]?.content;
	const call =
		sid === ''
			? { name: 'Generate_video', arguments: JSON.stringify({ prompt: words }) }
			: {
					name: 'Modify_video',
					arguments: JSON.stringify({
						change: words,
						previousPrompt: lastValue('prompt', before),
						sid,
						taskId: lastValue('taskId', before),
					}),
				};
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: `call_${messages.length}`, type: 'function', function: call }],
	};
}

/** What the answers before said of a video. */
function lastValue(field: string, messages: Asked['messages']): string {
	const said = messages.flatMap(({ role, content }) => (role === 'user' ? [] : [String(content)]));
	const found = said.flatMap((text) => [...text.matchAll(new RegExp(`"${field}":"([^"]*)"`, 'g'))]);
	return found.at(-1)?.[1] ?? '';
}
