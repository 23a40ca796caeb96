import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { startRelay, type Relay, type RelayOptions } from '../relay/relay';
import { startEngine, type Engine, type EngineOptions, type RunOptions } from './engine';
import type { EngineRun } from './engineRun';
import { chain, chatVideoNode } from './engineWorkflow';

type Parameters = IDataObject;
type Settings = Partial<Omit<INode, 'parameters'>>;

export interface NodeUnderTest {
	readonly engine: Engine;
	readonly relay: Relay;
	/** Runs one Chat Video node, named so, against the relay; without the file unless it is asked for. */
	run(parameters: Parameters, options?: RunOptions & { settings?: Settings }): Promise<EngineRun>;
	/** Runs several in a line: A, B, C … */
	runChain(parameters: readonly Parameters[], options?: RunOptions): Promise<EngineRun>;
	credentials(): { chatVideoApi: { baseUrl: string; apiKey: string } };
}

/** One engine for a file of tests, one relay for each test, both gone at the end. */
export function useNode(
	relayOptions: RelayOptions = {},
	engineOptions: EngineOptions = {},
): NodeUnderTest {
	let engine: Engine;
	let relay: Relay;
	beforeAll(async () => {
		engine = await startEngine(engineOptions);
	});
	beforeEach(async () => {
		relay = await startRelay(relayOptions);
	});
	afterEach(() => relay.close());
	afterAll(() => engine.close());

	const credentials = () => ({ chatVideoApi: { baseUrl: relay.url, apiKey: relay.apiKey } });
	return {
		get engine() {
			return engine;
		},
		get relay() {
			return relay;
		},
		credentials,
		run: (parameters, { settings, ...options } = {}) =>
			engine.run(
				chain(chatVideoNode({ ...settings, parameters: { downloadVideo: false, ...parameters } })),
				{
					credentials: credentials(),
					...options,
				},
			),
		runChain: (each, options = {}) =>
			engine.run(
				chain(
					...each.map((parameters, index) =>
						chatVideoNode({
							name: String.fromCharCode(65 + index),
							parameters: { downloadVideo: false, ...parameters },
						}),
					),
				),
				{ credentials: credentials(), ...options },
			),
	};
}

/** Input items with these fields. */
export const itemsOf = (...each: IDataObject[]): INodeExecutionData[] =>
	each.map((json) => ({ json }));
