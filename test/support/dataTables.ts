import { randomUUID } from 'node:crypto';
import {
	type ExecuteWorkflowData,
	type IDataObject,
	type IExecuteWorkflowInfo,
	type INodeExecutionData,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	UserError,
} from 'n8n-workflow';

export type TableRow = Record<string, string>;

interface Table extends IDataObject {
	id: string;
	name: string;
	columns: Array<{ name: string }>;
}

interface Condition {
	keyName: string;
	condition: string;
	keyValue: string;
}

/**
 * n8n's data tables, as its Data Table node works on them when a node runs it in a workflow of its
 * own, and the executions that n8n has saved: what survives when everything else is gone.
 */
export class DataTables {
	readonly tables: Table[] = [];
	/** By id, as each was saved last. */
	readonly executions = new Map<string, IRunExecutionData>();
	/** How often a workflow was run for them. */
	accesses = 0;
	private readonly rowsOf = new Map<string, TableRow[]>();
	private rowsMade = 0;
	private refusal: Error | undefined;
	private held: Promise<void> | undefined;
	private down: Error | undefined;
	private outage = { from: 0, count: 0 };
	private readonly waiting = new Set<() => void>();

	/** For the engine: what `executeWorkflow` and `getExecutionDataById` of a node come to. */
	get additionalData(): Pick<
		IWorkflowExecuteAdditionalData,
		'executeWorkflow' | 'getRunExecutionData'
	> {
		return {
			getRunExecutionData: async (id) => structuredClone(this.executions.get(id)),
			executeWorkflow: async (info, _, { inputData = [] }): Promise<ExecuteWorkflowData> => {
				this.accesses += 1;
				await new Promise((resolve) => setImmediate(resolve));
				await this.held;
				if (this.down) throw this.down;
				const { from, count } = this.outage;
				if (this.accesses > from && this.accesses <= from + count) throw new Error('locked');
				const json = this.perform(parametersOf(info), inputData);
				for (const look of this.waiting) look();
				return { executionId: '0', data: [structuredClone(json).map((row) => ({ json: row }))] };
			},
		};
	}

	/** After so many accesses so many fail. */
	failFrom(from: number, count: number): void {
		this.outage = { from: this.accesses + from, count };
	}

	/** From here on n8n takes no more, and reads all the same. */
	fill(): void {
		this.refuseWrites(new UserError('Data table size limit exceeded: 200MB used, limit is 200MB'));
	}

	/** From here on rows can be read alone. */
	refuseWrites(error?: Error): void {
		this.refusal = error;
	}

	/** From here on no access is answered, until what it returns is called. */
	hold(): () => void {
		let release = (): void => {};
		this.held = new Promise((resolve) => {
			release = resolve;
		});
		return release;
	}

	/** From here on every access fails, until it is called without an error. */
	fail(error?: Error): void {
		this.down = error;
	}

	create(name: string, columns: readonly string[]): Table {
		const table = {
			id: randomUUID().replaceAll('-', ''),
			name,
			columns: columns.map((column) => ({ name: column })),
		};
		this.tables.push(table);
		this.rowsOf.set(table.id, []);
		return table;
	}

	rows(name = 'Chat Video calls'): TableRow[] {
		const table = this.tables.find((one) => one.name === name);
		return table === undefined ? [] : (this.rowsOf.get(table.id) ?? []);
	}

	/** Resolves with the access that makes such a row, however soon the next one changes it. */
	async untilRow(fits: (row: TableRow) => boolean): Promise<void> {
		await new Promise<void>((resolve) => {
			const look = (): void => {
				if (!this.rows().some(fits)) return;
				this.waiting.delete(look);
				resolve();
			};
			this.waiting.add(look);
			look();
		});
	}

	private perform(parameters: IDataObject, items: INodeExecutionData[]): IDataObject[] {
		const operation = `${String(parameters.resource)} ${String(parameters.operation)}`;
		if (operation === 'table list') {
			const { filterName = '' } = (parameters.options ?? {}) as { filterName?: string };
			const wanted = filterName.toLowerCase();
			return this.tables.filter(({ name }) => name.toLowerCase().includes(wanted));
		}
		if (operation === 'table create') {
			const name = String(parameters.tableName);
			if (this.tables.some((table) => table.name === name)) {
				throw new UserError(`Data table with name '${name}' already exists in this project`);
			}
			const { column } = parameters.columns as { column: Array<{ name: string }> };
			return [
				this.create(
					name,
					column.map((one) => one.name),
				),
			];
		}
		const { value: id } = parameters.dataTableId as { value: string };
		const table = this.tables.find((one) => one.id === id);
		const rows = this.rowsOf.get(id);
		if (table === undefined || rows === undefined) {
			throw new UserError(`Data table with ID '${id}' could not be found in this project`);
		}
		if (this.refusal && operation !== 'row get') throw this.refusal;
		return items.flatMap(({ json }) => {
			const fits = operation === 'row insert' ? () => false : toFilter(parameters, json, table);
			if (operation === 'row get') return toPage(rows.filter(fits), parameters);
			const changes = json as TableRow;
			for (const column of Object.keys(changes)) assertColumn(table, column);
			const found = rows.filter(fits);
			for (const row of found) Object.assign(row, changes);
			if (operation !== 'row update' && found.length === 0) {
				const empty = Object.fromEntries(table.columns.map(({ name }) => [name, null as never]));
				const row = { id: String((this.rowsMade += 1)), ...empty, ...changes };
				rows.push(row);
				return [row];
			}
			return found;
		});
	}
}

function parametersOf({ code }: IExecuteWorkflowInfo): IDataObject {
	const node = code?.nodes.find(({ type }) => type === 'n8n-nodes-base.dataTable');
	if (node === undefined) throw new UserError('Only workflows of a Data Table node run here.');
	return node.parameters as IDataObject;
}

function toFilter(parameters: IDataObject, json: IDataObject, table: Table) {
	const { conditions } = parameters.filters as { conditions: Condition[] };
	const any = parameters.matchType === 'anyCondition';
	const tests = conditions.map(({ keyName, condition, keyValue }) => {
		assertColumn(table, keyName);
		const [, column] = /^=\{\{ \$json\.(\w+) \}\}$/.exec(keyValue) ?? [];
		const value = column === undefined ? keyValue : String(json[column]);
		return (row: TableRow): boolean => isTrue(row[keyName] ?? null, condition, value);
	});
	return (row: TableRow): boolean =>
		any ? tests.some((test) => test(row)) : tests.every((test) => test(row));
}

function isTrue(found: string | null, condition: string, value: string): boolean {
	if (condition === 'neq') return found !== value;
	if (found === null) return false;
	if (condition === 'eq') return found === value;
	if (condition === 'lt') return found < value;
	if (condition === 'like') return toPattern(value).test(found);
	throw new UserError(`Unsupported filter condition: ${condition}`);
}

/** As SQL does, where n8n leaves only `%` its meaning. */
function toPattern(value: string): RegExp {
	const parts = value
		.split('%')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
	return new RegExp(`^${parts.join('.*')}$`, 's');
}

function assertColumn({ columns }: Table, column: string): void {
	if (columns.some(({ name }) => name === column)) return;
	throw new UserError(`unknown column name '${column}'`);
}

function toPage(rows: TableRow[], parameters: IDataObject): TableRow[] {
	const column = String(parameters.orderByColumn);
	const sign = parameters.orderByDirection === 'DESC' ? -1 : 1;
	const sorted = rows.toSorted((left, right) => {
		const [one = '', other = ''] = [left[column], right[column]];
		return sign * (column === 'id' ? Number(one) - Number(other) : one < other ? -1 : 1);
	});
	return parameters.returnAll === true ? sorted : sorted.slice(0, Number(parameters.limit));
}
