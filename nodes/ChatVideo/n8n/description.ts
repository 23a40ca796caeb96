/** Words, or a link that leads to a task, its data or its files. */
export type Part = string | { readonly link: string };

/** One line of an error's description. */
export type Line = string | readonly Part[];

/** n8n shows a description as HTML in one paragraph: newlines are blanks, and bare links no links. */
export const toHtml = (lines: readonly Line[]): string => lines.map(lineToHtml).join('<br>');

const lineToHtml = (line: Line): string => [line].flat().map(partToHtml).join('');

function partToHtml(part: Part): string {
	if (typeof part === 'string') return escapeHtml(asCancelled(part));
	const link = escapeHtml(part.link).replace(canceled, toReference);
	return isWeb(part.link) ? `<a href="${link}" target="_blank">${link}</a>` : link;
}

/** The same letter, where another spelling would be another link. */
const toReference = (letter: string): string => `&#${letter.charCodeAt(0)};`;

const toEscape = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;

/** The lines for who reads text, as agents do. */
export const toPlain = (lines: readonly Line[]): string => asText(lines.map(lineToText).join('\n'));

const lineToText = (line: Line): string =>
	[line]
		.flat()
		.map((part) => (typeof part === 'string' ? part : part.link))
		.join('');

/**
 * Text in which nothing is markup. n8n shows messages as HTML in its notifications; relays put
 * their own words and their gateways' pages there. A `<` before a space opens no tag, and the text
 * stays readable where it is shown as text.
 */
export const asText = (words: string): string =>
	asCancelled(words.replace(/<(?=[a-z/!?])/gi, '< '));

/**
 * n8n takes an error that says "canceled" for a stopped execution, and offers no Retry. A link says
 * the same with its letter escaped.
 */
export const asCancelled = (words: string): string =>
	words
		.replace(/https?:\/\/\S+/gi, (link) => link.replace(canceled, toEscape))
		.replace(/(cance)(l)(?=ed)/gi, '$1$2$2');

const canceled = /(?<=cancel)e(?=d)/gi;

const isWeb = (link: string): boolean => /^https?:\/\/\S+$/i.test(link) && URL.canParse(link);

/** Enough within double quotes, too. */
const escapeHtml = (words: string): string =>
	words
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
