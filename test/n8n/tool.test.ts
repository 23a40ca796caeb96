import { NodeConnectionTypes, type IDataObject, type INode } from 'n8n-workflow';
import { brokenFor } from '../relay/brokenFor';
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
