import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

interface Kept {
	execution: string;
	file: IBinaryData;
}

/**
 * Files that were fetched, where n8n keeps them until the node's run is over: their links may be good
 * for an hour, or for once, and n8n runs all items again when one of them fails.
 *
 * @param run how often the node has run before in this execution
 */
export function createKeptFiles(context: IExecuteFunctions, run: number) {
	const stored = context.getContext('node');
	const execution = context.getExecutionId();
	const runs = (stored.chatVideoFiles ??= {}) as Record<number, Record<string, Kept>>;
	return {
		async find(name: string): Promise<IBinaryData | undefined> {
			const kept = runs[run]?.[name];
			if (kept === undefined) return undefined;
			if (kept.file.id === undefined || kept.execution === execution) return kept.file;
			// It goes when n8n deletes the execution that is retried.
			return await copy(context, kept.file, kept.file.id).catch(() => undefined);
		},
		keep(name: string, file: IBinaryData): void {
			(runs[run] ??= {})[name] = { execution, file };
		},
		/** The run's items have them. */
		release(): void {
			delete runs[run];
		},
	};
}

async function copy(
	{ helpers }: IExecuteFunctions,
	file: IBinaryData,
	id: string,
): Promise<IBinaryData> {
	const stream = await helpers.getBinaryStream(id);
	return { ...file, ...(await helpers.prepareBinaryData(stream, file.fileName, file.mimeType)) };
}
