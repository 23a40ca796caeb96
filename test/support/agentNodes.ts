import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

const agent: INodeTypeDescription = {
	displayName: 'Agent',
	name: 'agent',
	group: ['transform'],
	version: 1,
	description: 'Calls its tool as its parameters say',
	defaults: { name: 'Agent' },
	inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	outputs: [NodeConnectionTypes.Main],
	properties: [
		{ displayName: 'Tool', name: 'tool', type: 'string', default: '' },
		{ displayName: 'Rounds', name: 'rounds', type: 'json', default: [] },
	],
};

/** What an agent calls: rounds one after the other, the calls of a round at once. */
export type Rounds = IDataObject[][];

const roundsOf = (context: IExecuteFunctions): Rounds =>
	context.getNodeParameter('rounds', 0) as unknown as Rounds;

interface Tool {
	invoke(args: IDataObject): Promise<string>;
}

/** Calls the tool from inside, as n8n's agent did until version 3. */
class InsideAgent implements INodeType {
	description = agent;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const given: string[] = [];
		for (const round of roundsOf(this)) {
			const answers = round.map(async (args) =>
				tool?.invoke(args).catch((error: Error) => error.message),
			);
			given.push(...(await Promise.all(answers)).map(String));
		}
		return [given.map((answer) => ({ json: { answer } }))];
	}
}

/** Asks the engine to run the tool, as n8n's agent does from version 3. */
class AskingAgent implements INodeType {
	description = agent;

	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse<{ given: string[] }>,
	): Promise<INodeExecutionData[][] | EngineRequest<{ given: string[] }>> {
		const answers = (response?.actionResponses ?? []).map(({ data }) =>
			JSON.stringify(data.data?.ai_tool?.[0]?.map(({ json }) => json)),
		);
		const given = [...(response?.metadata.given ?? []), ...answers];
		const rounds = roundsOf(this);
		const calls = rounds.reduce<Rounds>(
			(left, round) => (left.flat().length + round.length > given.length ? left : [...left, round]),
			[],
		);
		const next = rounds[calls.length];
		if (next === undefined) return [given.map((answer) => ({ json: { answer } }))];
		const nodeName = this.getNodeParameter('tool', 0) as string;
		return {
			actions: next.map((input, index) => ({
				actionType: 'ExecutionNodeAction',
				nodeName,
				input,
				type: NodeConnectionTypes.AiTool,
				id: `call_${given.length + index}`,
				metadata: { given: [] },
			})),
			metadata: { given },
		};
	}
}

/** For `startEngine`: agents that call their tool without a language model. */
export const agentNodes: Record<string, INodeType> = {
	'test.insideAgent': new InsideAgent(),
	'test.askingAgent': new AskingAgent(),
};
