import '../support/clock';
import { NodeConnectionTypes, type IDataObject, type INode } from 'n8n-workflow';
import { brokenFor } from '../relay/brokenFor';
import { refusals } from '../relay/refusals';
import { builtPackage } from '../support/builtPackage';
import { agentNodes, type Rounds } from '../support/agentNodes';
import { DataTables } from '../support/dataTables';
import { chain, chatVideoNode, workflowNode, type WorkflowJson } from '../support/engineWorkflow';
import { useNode } from '../support/useNode';

const node = useNode({}, { nodes: agentNodes });

const toolName = 'Generate video';
const prompt = "={{ $fromAI('prompt', 'What to show', 'string') }}";

/** An agent and its tool. */
function agentWith(type: string, rounds: Rounds, settings: Partial<INode> = {}): WorkflowJson {
	const tool = chatVideoNode({
		name: toolName,
		type: `${builtPackage.name}.chatVideoTool`,
		...settings,
		parameters: { operation: 'generate', prompt, ...settings.parameters },
	});
	const parameters = { tool: toolName, rounds: rounds as unknown as IDataObject };
	const workflow = chain(workflowNode({ name: 'Agent', type, parameters }));
	return {
		nodes: [...workflow.nodes, tool],
		connections: {
			...workflow.connections,
			[toolName]: {
				[NodeConnectionTypes.AiTool]: [
					[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }],
				],
			},
		},
	};
}

const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const ask = async (...parts: Parameters<typeof agentWith>): Promise<string[]> => {
	const run = await node.engine.run(agentWith(...parts), { credentials: node.credentials() });
	expect(run.status).toBe('success');
	return run.json('Agent').map(({ answer }) => String(answer));
};

describe.each(['test.insideAgent', 'test.askingAgent'])('as the tool of %s', (agent) => {
	it('answers in few words', async () => {
		const [answer = ''] = await ask(agent, [[{ prompt: 'a cat' }]], {
			parameters: { simplify: false },
		});

		const [turn] = node.relay.turns;
		const [item] = JSON.parse(answer) as IDataObject[];
		expect(item).toMatchObject({ taskId: turn?.taskId, sid: turn?.sid, videoUrl: turn?.videoUrl });
		for (const field of ['messages', 'progressLog', 'transcript', 'reasoning']) {
			expect(item).not.toHaveProperty(field);
		}
		expect(answer.length).toBeLessThan(2_000);
	});

	it('hands on the link, and fetches no file', async () => {
		for (const downloadVideo of [undefined, true]) {
			await ask(agent, [[{ prompt: `a cat ${downloadVideo}` }]], { parameters: { downloadVideo } });
		}

		expect(node.relay.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	it('keeps its calls in the table of calls', async () => {
		const tables = new DataTables();

		await node.engine.run(agentWith(agent, [[{ prompt: 'a cat' }], [{ prompt: 'a dog' }]]), {
			credentials: node.credentials(),
			additionalData: tables.additionalData,
		});

		expect(tables.rows().map(({ prompt, status }) => [prompt, status])).toEqual([
			['a cat', 'done'],
			['a dog', 'done'],
		]);
		expect(tables.rows().every(({ delivered }) => delivered !== '')).toBe(true);
	});

	it('makes two videos of two prompts', async () => {
		await ask(agent, [[{ prompt: 'a cat' }, { prompt: 'a dog' }]]);

		expect(node.relay.turns.map((turn) => turn.prompt).sort()).toEqual(['a cat', 'a dog']);
		expect(node.relay.billed).toBe(2);
	});

	it('makes two videos of two prompts, one after the other', async () => {
		await ask(agent, [[{ prompt: 'a cat' }], [{ prompt: 'a dog' }]]);

		expect(node.relay.turns.map((turn) => turn.prompt)).toEqual(['a cat', 'a dog']);
	});

	it('makes one video of the same words, called at once and again later', async () => {
		const cat = { prompt: 'a cat' };

		const answers = await ask(agent, [[cat, cat], [cat]]);

		expect(node.relay.billed).toBe(1);
		expect(answers).toHaveLength(3);
		for (const answer of answers) expect(answer).toContain(node.relay.turns[0]?.videoUrl);
	});

	it('gives each prompt of a batch its own video, also where one was refused and asked again', async () => {
		node.relay.next(refusals.unauthorized());
		const [cat, dog, hen] = [{ prompt: 'a cat' }, { prompt: 'a dog' }, { prompt: 'a hen' }];

		const answers = await ask(agent, [[cat], [cat, dog, hen], [hen, cat]]);

		expect(answers[0]).toContain('Nothing was started');
		const videoOf = (prompt: string) => node.relay.turns.findLast((turn) => turn.prompt === prompt);
		for (const [at, prompt] of ['a cat', 'a dog', 'a hen', 'a hen', 'a cat'].entries())
			expect(answers[at + 1]).toContain(videoOf(prompt)?.videoUrl);
		expect(node.relay.billed).toBe(3);
	});

	it('does not pay again for a prompt that failed, and that the agent asks for again', async () => {
		node.relay.next({ kind: 'generate', fails: { at: 50, reason: 'Invalid parameter' } });
		const cat = { prompt: 'a cat' };

		const answers = await ask(agent, [[cat], [cat, { prompt: 'a dog' }], [cat]]);

		expect(node.relay.turns.map((turn) => turn.prompt)).toEqual(['a cat', 'a dog']);
		for (const at of [0, 1, 3]) expect(answers[at]).toContain('Invalid parameter');
		expect(answers[2]).toContain(node.relay.turns[1]?.videoUrl);
	});

	it('takes the same words for another call where another model is to show them', async () => {
		const model = { __rl: true, mode: 'id', value: "={{ $fromAI('model', '', 'string') }}" };
		const calls = ['sora-2', 'sora-2-pro', 'sora-2'].map((name) => ({
			prompt: 'a cat',
			model: name,
		}));

		const answers = await ask(agent, [calls], { parameters: { model } });

		expect(node.relay.billed).toBe(2);
		expect(answers[0]).toBe(answers[2]);
		expect(answers[1]).toContain('"model":"sora-2-pro"');
	});

	it('gives the words of a model that only writes', async () => {
		const content = 'I am a language model. I cannot make videos, but here is a poem about a cat.';
		const chunk = { choices: [{ index: 0, delta: { content }, finish_reason: 'stop' }] };
		node.relay.next({ kind: 'play', bytes: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n` });

		const [answer = ''] = await ask(agent, [[{ prompt: 'a cat' }]], retryOnFail);

		expect(answer).toContain('here is a poem about a cat');
		expect(answer).toContain('choose one that makes videos');
		expect(node.relay.billed).toBe(1);
	});

	it('recovers by Retry On Fail what was started, and pays once', async () => {
		node.relay.next(brokenFor(3));

		const [answer] = await ask(agent, [[{ prompt: 'a cat' }]], {
			...retryOnFail,
			parameters: { options: { timeout: 3 } },
		});

		expect(node.relay.billed).toBe(1);
		expect(answer).toContain(node.relay.turns[0]?.videoUrl);
	});

	it('says what an error may have cost, and sends nothing again by Retry On Fail', async () => {
		node.relay.next({ kind: 'reset', when: 'beforeHeaders', billed: true });

		const [answer = ''] = await ask(agent, [[{ prompt: 'a cat' }]], retryOnFail);

		expect(node.relay.billed).toBe(1);
		expect(answer).toContain('The service may have accepted it and charged for it');
		expect(answer).toContain('It is not sent again automatically.');
		expect(answer).not.toContain('Details:');
	});
});
