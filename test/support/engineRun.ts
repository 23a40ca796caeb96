import {
	type ExecutionError,
	type ExecutionStatus,
	type IBinaryData,
	type IDataObject,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type ITaskData,
	type NodeExecutionHint,
	jsonParse,
	jsonStringify,
} from 'n8n-workflow';
import { type LogEntry, readBinary } from './engineHost';

/** What a finished (or stopped) execution left. */
export class EngineRun {
	constructor(
		readonly id: string,
		readonly run: IRun,
		/** What was logged in this run by `this.logger` or by n8n itself, in order, from debug on. */
		readonly logs: LogEntry[],
		private readonly savedAtStop: IRunExecutionData | undefined,
	) {}

	/**
	 * What n8n's list of executions says: `success`, `error`, `canceled`, `waiting`. After Stop that is
	 * decided at once, whatever the stopped node still does or throws.
	 */
	get status(): ExecutionStatus {
		return this.savedAtStop ? 'canceled' : this.run.status;
	}

	get data(): IRunExecutionData {
		return this.run.data;
	}

	/**
	 * What n8n keeps in its database, which is what Retry Execution starts from: plain JSON, and after
	 * Stop as it was at that moment. Hand it to `engine.run` as `previous`.
	 */
	get saved(): IRunExecutionData {
		return this.savedAtStop ?? toSaved(this.run.data);
	}

	/** The custom data of the execution. */
	get metadata(): Record<string, string> {
		return this.data.resultData.metadata ?? {};
	}

	/** The items of a node's last run; `output` 1 is the error output of a node that has one. */
	items(node: string, output = 0): INodeExecutionData[] {
		return this.task(node)?.data?.main?.[output] ?? [];
	}

	json(node: string, output = 0): IDataObject[] {
		return this.items(node, output).map((item) => item.json);
	}

	/** What the execution, or one node of it, failed with; n8n keeps a plain object with the error's fields. */
	error(node?: string): ExecutionError | undefined {
		return node === undefined ? this.data.resultData.error : this.task(node)?.error;
	}

	hints(node: string): NodeExecutionHint[] {
		return this.task(node)?.hints ?? [];
	}

	/** The bytes of a file, wherever n8n put them. */
	binary({ id, data }: IBinaryData): Promise<Buffer> {
		return id ? readBinary(id) : Promise.resolve(Buffer.from(data, 'base64'));
	}

	private task(node: string): ITaskData | undefined {
		return this.data.resultData.runData[node]?.at(-1);
	}
}

/** The database holds text: functions, class instances and `undefined` do not come back. */
export function toSaved(data: IRunExecutionData): IRunExecutionData {
	return jsonParse(jsonStringify(data, { replaceCircularRefs: true }));
}
