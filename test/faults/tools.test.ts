import '../support/clock';
import * as fc from 'fast-check';
import { NodeConnectionTypes, type IDataObject } from 'n8n-workflow';
import { startRelay } from '../relay/relay';
import { agentNodes, type Rounds } from '../support/agentNodes';
import { builtPackage } from '../support/builtPackage';
import { startEngine, type Engine } from '../support/engine';
import { chain, chatVideoNode, workflowNode } from '../support/engineWorkflow';
import { asSaid } from './asSaid';
import { fault } from './fault';
import { itemOf, wishOf } from './item';
import { seed } from '../support/seed';
import { sweep } from './sweep';

const atATime = 8;
const count = Math.ceil(Number(process.env.CHAT_VIDEO_SCHEDULES ?? 1_000) / 40);

/** What an agent asks its tool for: rounds one after the other, the calls of a round at once. */
const anyPlan = fc.record({
	agent: fc.constantFrom('test.insideAgent', 'test.askingAgent'),
	rounds: fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }), {
		minLength: 1,
		maxLength: 3,
	}),
	faults: fc.array(fc.array(fault, { maxLength: 3 }), { minLength: 4, maxLength: 4 }),
	tries: fc.integer({ min: 1, max: 3 }),
	recover: fc.boolean(),
});

let engine: Engine;
beforeAll(async () => {
	engine = await startEngine({ nodes: agentNodes });
});
afterAll(() => engine.close());

it(`an agent pays once for a prompt, and for each prompt it has, ${count} times`, async () => {
	const broken: object[] = [];
	await sweep(fc.sample(anyPlan, { numRuns: count, seed }), atATime, async (plan, at) => {
		const complaints = await play(plan, at);
		if (complaints.length > 0) broken.push({ at, complaints, plan: fc.stringify(plan) });
		return complaints.length === 0;
	});
	expect(broken).toEqual([]);
}, 600_000);

async function play(
	{
		agent,
		rounds,
		faults,
		tries,
		recover,
	}: typeof anyPlan extends fc.Arbitrary<infer Plan> ? Plan : never,
	at: number,
): Promise<string[]> {
	await using relay = await startRelay({
		seed: `${seed}-${at}`,
		situation: ({ prompt, attempt }) =>
			asSaid(faults[itemOf(prompt)]?.[attempt - 1], { operation: 'generate' }),
	});
	const tool = chatVideoNode({
		name: 'Tool',
		type: `${builtPackage.name}.chatVideoTool`,
		parameters: {
			operation: 'generate',
			prompt: "={{ $fromAI('prompt', 'What to show', 'string') }}",
			options: { timeout: 30, idleTimeout: 12, recover },
		},
		...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
	});
	const calls: Rounds = rounds.map((round) => round.map((wish) => ({ prompt: wishOf(wish) })));
	const parameters = { tool: 'Tool', rounds: calls as unknown as IDataObject };
	const { nodes, connections } = chain(workflowNode({ name: 'Agent', type: agent, parameters }));
	const type = NodeConnectionTypes.AiTool;
	const run = await engine.run(
		{
			nodes: [...nodes, tool],
			connections: { ...connections, Tool: { [type]: [[{ node: 'Agent', type, index: 0 }]] } },
		},
		{ credentials: { chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } } },
	);
	const answers = run.json('Agent').map(({ answer }) => String(answer));
	const isAskedOnce = (wish: number) => rounds.flat().filter((each) => each === wish).length === 1;
	return rounds.flat().flatMap((wish, call) => {
		const bills = relay.bills.filter(({ prompt }) => prompt === wishOf(wish));
		const answer = answers[call] ?? '';
		const video = /"videoUrl":"([^"]*)"/.exec(answer)?.[1];
		const own = relay.turns.find(({ prompt, billed }) => billed && prompt === wishOf(wish));
		return [
			...(bills.length > 1 ? [`${wishOf(wish)} was billed ${bills.length} times`] : []),
			// What a later call of the same prompt costs, an earlier answer cannot say.
			...(bills.length > 0 && isAskedOnce(wish) && answer.includes('nothing was charged')
				? [`${wishOf(wish)} was charged, and the agent reads otherwise`]
				: []),
			...(video === undefined || video === own?.videoUrl
				? []
				: [`${wishOf(wish)} got another video: ${video}`]),
		];
	});
}
