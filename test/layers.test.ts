import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const nodeFolder = join(root, 'nodes/ChatVideo');

/** What docs/architecture.md says of each folder: what it may import. */
const rows = readFileSync(join(root, 'docs/architecture.md'), 'utf8').matchAll(
	/^\| `(?<folder>\w+)\/` +\|(?<imports>[^|]*)\|/gm,
);
const layers = Object.fromEntries(
	[...rows].map(({ groups: { folder = '', imports = '' } = {} }) => [
		folder,
		[...imports.matchAll(/`(\w+)\/`/g)].map(([, name = '']) => name),
	]),
);
const folders = Object.keys(layers);

const fileIn = (folder: string): string => {
	const file = readdirSync(join(nodeFolder, folder)).find((name) => name.endsWith('.ts'));
	return join(nodeFolder, folder, file ?? '');
};

/** A line of code that lint may refuse in a file of a folder. */
interface Question {
	folder: string;
	/** What the answer is about. */
	name: string;
	code: string;
}

const imports = (name: string): string =>
	`import '${fileIn(name).replace(nodeFolder, '..').replace('.ts', '')}';\n`;

const others = (folder: string): string[] => folders.filter((name) => name !== folder);

/** Of all questions at once, as lint takes seconds to start: what each folder is allowed. */
function allowedBy(questions: readonly Question[]): Record<string, string[]> {
	const asked = questions.map(({ folder, code }) => ({ filePath: fileIn(folder), code }));
	const answers = execFileSync(process.execPath, [join(__dirname, 'support/lint.mjs')], {
		cwd: root,
		input: JSON.stringify(asked),
		encoding: 'utf8',
	});
	const rules = JSON.parse(answers) as string[][];
	const allowed = questions.filter(
		(_, index) => !rules[index]?.some((rule) => /no-restricted-|parsing/.test(rule)),
	);
	return Object.fromEntries(
		folders.map((folder) => [
			folder,
			allowed.filter((each) => each.folder === folder).map(({ name }) => name),
		]),
	);
}

it('the document has a row for every folder', () => {
	const entries = readdirSync(nodeFolder, { withFileTypes: true });
	const there = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'));
	expect([...folders].sort()).toEqual(there.map(({ name }) => name).sort());
});

it('lint allows each folder to import what its row says, and refuses everything else', () => {
	const questions = folders.flatMap((folder) =>
		others(folder).map((name) => ({ folder, name, code: imports(name) })),
	);
	expect(allowedBy(questions)).toEqual(layers);
});

it('lint keeps n8n, Node, undici and timers where they belong', () => {
	const lines: Record<string, string> = {
		n8n: "import 'n8n-workflow';\n",
		node: "import 'node:fs';\n",
		undici: "import 'undici';\n",
		timer: 'setTimeout(() => {}, 1);\n',
	};
	const questions = folders.flatMap((folder) =>
		Object.entries(lines).map(([name, code]) => ({ folder, name, code })),
	);
	expect(allowedBy(questions)).toEqual({
		chat: [],
		transcript: [],
		tasks: [],
		transport: ['node'],
		call: ['node'],
		n8n: ['n8n', 'node'],
		operations: ['n8n', 'node'],
		methods: ['n8n', 'node'],
	});
});
