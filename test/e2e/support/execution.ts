import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import type { Client } from '../../../scripts/n8n/client';

interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, { fileName?: string; mimeType: string; id?: string }>;
}

interface NodeError {
	message: string;
	description?: string;
}

interface NodeRun {
	data?: { main: Array<Item[] | null> };
	error?: NodeError;
	executionTime: number;
}

/** An execution that has come to its end. */
export interface Execution {
	id: string;
	status: string;
	customData: Record<string, string>;
	error: NodeError | undefined;
	runs(node: string): NodeRun[];
	/** What the node's last run put out. */
	items(node: string, output?: number): Item[];
}

interface Stored {
	id: string;
	status: string;
	customData?: Record<string, string>;
	data: string;
}

interface ExecutionData {
	resultData: { runData?: Record<string, NodeRun[]>; error?: NodeError };
}

const unfinished = ['new', 'running', 'waiting', 'unknown'];

/** Waits until an execution is over. */
export async function untilFinished(client: Client, id: string): Promise<Execution> {
	// An n8n that has just started again may not have read it yet.
	const stored = await client.get<Stored | undefined>(`/executions/${id}`);
	const isOver = stored !== undefined && !unfinished.includes(stored.status);
	const data = isOver ? (parse(stored.data) as ExecutionData | undefined) : undefined;
	// n8n 1 writes the status before the data.
	if (stored === undefined || data === undefined) {
		await sleep(200);
		return await untilFinished(client, id);
	}
	const { resultData } = data;
	const runs = (node: string) => resultData.runData?.[node] ?? [];
	return {
		id,
		status: stored.status,
		customData: stored.customData ?? {},
		error: resultData.error,
		runs,
		items: (node, output = 0) => runs(node).at(-1)?.data?.main[output] ?? [],
	};
}
