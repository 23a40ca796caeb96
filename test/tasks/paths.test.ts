import { idWrappers, paths, wrappers } from '../../nodes/ChatVideo/tasks/paths';
import { parseStatus } from '../../nodes/ChatVideo/tasks/status';
import { fixture } from '../support/fixture';
import { unseenRows } from '../support/unseenRows';

const bodies = fixture('tasks.ndjson')
	.toString()
	.trim()
	.split('\n')
	.map((line) => (JSON.parse(line) as { body: object }).body);

const tables = { idWrappers, wrappers, ...paths };

const plain = (text: string): string => text.replace(/[^\p{L}\d]/gu, '').toLowerCase();

const hasWordsOf = (path: string, body: object): boolean =>
	path.split('.').every((word) => plain(JSON.stringify(body)).includes(plain(word)));

it.each(Object.entries<readonly string[]>(tables))(
	'no name of %s is one too many',
	async (_, names) => {
		const unseen = await unseenRows(names, bodies, (body) => parseStatus(body), hasWordsOf);
		expect(unseen).toEqual([]);
	},
);
