import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWorkflowBase,
} from 'n8n-workflow';
import { isRecord } from '../chat/json';

/** A row; all columns hold text, and text compares the same in every database. */
export type Row = Readonly<Record<string, string>>;

export type Condition = readonly [
	column: string,
	condition: 'eq' | 'neq' | 'lt' | 'like',
	value: string,
];

/** Which rows; of the conditions all must hold unless said otherwise. */
interface Where {
	conditions: readonly Condition[];
	any?: boolean;
}

/** A table of n8n's own database, as users see it among their data tables. */
export type DataTable = ReturnType<typeof toDataTable>;

/**
 * Finds the table, or makes it. n8n gives data tables to its own node alone, so every access is a
 * workflow of that one node, which n8n runs inline and of which it keeps nothing.
 *
 * @param name what it is called where it is made; its columns are what it is known by
 * @param create whether to make it where it is missing
 * @throws where this n8n has no data tables
 */
export async function openDataTable(
	context: IExecuteFunctions,
	name: string,
	columns: readonly string[],
	create: boolean,
): Promise<DataTable | undefined> {
	const inN8n = (parameters: IDataObject, items?: INodeExecutionData[]) =>
		runTableNode(context, parameters, items);
	const place = await findTable(inN8n, name, columns);
	if (place.id !== undefined) return toDataTable(inN8n, place.name, place.id);
	if (!create) return undefined;
	const column = columns.map((title) => ({ name: title, type: 'string' }));
	const made = inN8n({
		resource: 'table',
		operation: 'create',
		tableName: place.name,
		columns: { column },
		options: { createIfNotExists: false },
	});
	// Another execution may have made it in the meantime.
	await made.catch(() => {});
	const { id } = await findTable(inN8n, name, columns);
	if (id === undefined) await made;
	return id === undefined ? undefined : toDataTable(inN8n, place.name, id);
}

type InN8n = (parameters: IDataObject, items?: INodeExecutionData[]) => Promise<IDataObject[]>;

/** The table with these columns, which a user may have renamed; else the first free name. */
async function findTable(
	inN8n: InN8n,
	name: string,
	columns: readonly string[],
): Promise<{ name: string; id?: string }> {
	const tables = await inN8n({ resource: 'table', operation: 'list', returnAll: true });
	const own = tables.filter((table) => hasColumns(table, columns));
	const found = own.find((table) => table.name === name) ?? own[0];
	if (found !== undefined) return { name: String(found.name), id: String(found.id) };
	for (let count = 1; ; count += 1) {
		const candidate = count === 1 ? name : `${name} ${count}`;
		if (!tables.some((table) => table.name === candidate)) return { name: candidate };
	}
}

function hasColumns({ columns }: IDataObject, wanted: readonly string[]): boolean {
	const found = Array.isArray(columns) ? columns.filter(isRecord).map(({ name }) => name) : [];
	return wanted.every((name) => found.includes(name));
}

function toDataTable(inN8n: InN8n, name: string, id: string) {
	const rows = (operation: string, more: IDataObject): IDataObject => ({
		resource: 'row',
		operation,
		dataTableId: { __rl: true, mode: 'id', value: id },
		...more,
	});
	return {
		name,
		/** The rows that fit, by a column; `limit` 0 gives all. */
		async find(
			where: Where,
			[orderByColumn, orderByDirection]: readonly [column: string, 'ASC' | 'DESC'],
			limit: number,
		): Promise<Row[]> {
			const order = { orderBy: true, orderByColumn, orderByDirection };
			const amount = limit === 0 ? { returnAll: true } : { returnAll: false, limit };
			return (await inN8n(rows('get', { ...toFilter(where), ...order, ...amount }))).map(toRow);
		},
		/** Adds rows, all at once. */
		async insert(added: readonly Row[]): Promise<void> {
			await inN8n(rows('insert', byName), added.map(toJsonItem));
		},
		/** Writes each row over the one with the same text in column `key`, or as a new one; gives all of them. */
		async upsert(written: readonly Row[], key: string): Promise<Row[]> {
			const where = toFilter({ conditions: [[key, 'eq', `={{ $json.${key} }}`]] });
			return (await inN8n(rows('upsert', { ...where, ...byName }), written.map(toJsonItem))).map(
				toRow,
			);
		},
		/** Writes the same into all rows that fit, at once. */
		async update(changes: Row, where: Where): Promise<void> {
			await inN8n(rows('update', { ...toFilter(where), ...byName }), [toJsonItem(changes)]);
		},
	};
}

/** What an item's fields are called is what the columns are called. */
const byName = { columns: { mappingMode: 'autoMapInputData', value: null } };
const toJsonItem = (json: Row): INodeExecutionData => ({ json });

const toFilter = ({ conditions, any = false }: Where): IDataObject => ({
	matchType: any ? 'anyCondition' : 'allConditions',
	filters: {
		conditions: conditions.map(([keyName, condition, keyValue]) => ({
			keyName,
			condition,
			keyValue,
		})),
	},
});

const toRow = (found: IDataObject): Row =>
	Object.fromEntries(Object.entries(found).map(([column, value]) => [column, String(value ?? '')]));

/** One node after a trigger. It belongs to the workflow that runs, and so does what it may see. */
async function runTableNode(
	context: IExecuteFunctions,
	parameters: IDataObject,
	items: INodeExecutionData[] = [{ json: {} }],
): Promise<IDataObject[]> {
	const node = (name: string, type: string, own: IDataObject): INode => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion: 1.1,
		position: [0, 0],
		parameters: own as INodeParameters,
	});
	const code = {
		id: context.getWorkflow().id,
		name: 'Chat Video: calls',
		active: false,
		settings: {
			executionOrder: 'v1',
			callerPolicy: 'workflowsFromSameOwner',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveExecutionProgress: false,
		},
		nodes: [
			node('Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }),
			node('Table', 'dataTable', parameters),
		],
		connections: { Start: { main: [[{ node: 'Table', type: 'main', index: 0 }]] } },
	} as unknown as IWorkflowBase;
	const { data } = await context.executeWorkflow({ code }, items);
	return (data[0] ?? []).map(({ json }) => json);
}
