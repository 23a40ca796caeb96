import type { Client } from '../../../scripts/n8n/client';

export type Row = Record<string, string>;

/** The data table of calls, as n8n's editor reads and edits it. */
export interface CallsTable {
	/** Path of its page in the editor. */
	page(): Promise<string>;
	/** What the database calls it. */
	name(): Promise<string>;
	/** Those of a service, the earliest first; 250 at most. */
	rows(service: string): Promise<Row[]>;
	/** Makes what nobody has delivered look as it does two minutes after its process died. */
	leaveAlone(): Promise<void>;
	/** What all data tables take of the database. */
	bytes(): Promise<number>;
}

interface Found {
	id: string;
	projectId: string;
}

export function callsOf(client: Client): CallsTable {
	const find = async (): Promise<Found | undefined> => {
		const filter = encodeURIComponent(JSON.stringify({ name: 'Chat Video calls' }));
		return (await client.get<{ data: Found[] }>(`/data-tables-global?filter=${filter}`)).data[0];
	};
	const rowsOf = ({ id, projectId }: Found): string =>
		`/projects/${projectId}/data-tables/${id}/rows`;
	const existing = async (): Promise<Found> => {
		const found = await find();
		if (found === undefined) throw new Error('No call has been kept.');
		return found;
	};
	return {
		async page() {
			const { id, projectId } = await existing();
			return `/projects/${projectId}/datatables/${id}`;
		},
		name: async () => `data_table_user_${(await existing()).id}`,
		async rows(service) {
			const found = await find();
			if (found === undefined) return []; // before the first call is kept
			const filter = encodeURIComponent(JSON.stringify(where('service', service)));
			const path = `${rowsOf(found)}?take=250&sortBy=started:asc&filter=${filter}`;
			return (await client.get<{ data: Row[] }>(path)).data;
		},
		async bytes() {
			return (await client.get<{ totalBytes: number }>('/data-tables-global/limits')).totalBytes;
		},
		async leaveAlone() {
			await client.patch(rowsOf(await existing()), {
				filter: where('delivered', ''),
				data: { alive: new Date(0).toISOString() },
			});
		},
	};
}

const where = (columnName: string, value: string) => ({
	type: 'and',
	filters: [{ columnName, condition: 'eq', value }],
});
