import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { patternOf } from '../../nodes/ChatVideo/call/redact';
import { grammar } from '../../nodes/ChatVideo/transcript/grammar';

/** A regular expression of the product, and where it stands. */
export interface Pattern {
	place: string;
	source: string;
	flags: string;
}

const root = join(__dirname, '../..');

/** Files whose patterns are put together at run time; they are read from there. */
const composed = /(?:transcript\/(?:grammar|failures|labels|patterns)|call\/redact)\.ts$/;

const ofKey = patternOf('sk-a1b2/c3+d4==e5');

/** Every regular expression that ships: the literals of the sources, and the rows of the grammar. */
export function collectPatterns(): Pattern[] {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => join(folder, file)),
	);
	const rows = grammar.map(({ fact, pattern: { source, flags } }, row) => ({
		place: `the grammar's row ${row + 1}, ${fact}`,
		source,
		flags,
	}));
	const key = { place: 'the key', source: ofKey.source, flags: ofKey.flags };
	return [...files.flatMap(literalsOf), ...rows, key];
}

function literalsOf(file: string): Pattern[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(join(root, file), 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const found: Pattern[] = [];
	const placeOf = (node: ts.Node): string =>
		`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const [body, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
			found.push({ place: placeOf(node), source: body, flags });
		}
		const isMade = ts.isNewExpression(node) && node.expression.getText() === 'RegExp';
		if (isMade && !composed.test(file)) {
			throw new Error(`${placeOf(node)} makes a pattern at run time, where nothing checks it`);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
