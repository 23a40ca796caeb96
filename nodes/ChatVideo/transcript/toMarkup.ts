import { withoutEscapes } from './urls';

const escapedTag = /&(?:amp;)?(?:lt|#60|#x3c);\/?[a-z]/i;

/** For speed: what a line has that is written otherwise. */
const isOther =
	/\[\/(?:url|video|media|img|b|i|u|size|color|center)\]|^[\s>]{0,8}\[[^[\]]{1,60}\]:.{1,4000}["')]\s*$/i;

/** Links and pictures as boards write them, and as notes do, each with what Markdown has for it. */
const forms: ReadonlyArray<readonly [form: RegExp, markup: string]> = [
	[/\[\/?(?:b|i|u|size|color|center)(?:=[^[\]]{1,40})?\]/gi, ''],
	[/\[img(?:[=\s][^[\]]{1,100})?\]\s{0,4}([^\s[\]]{1,4000})\s{0,4}\[\/img\]/gi, '![]($1)'],
	[
		/\[(?:video|media)(?:[=\s][^[\]]{1,100})?\]\s{0,4}([^\s[\]"<>]{1,4000})\s{0,4}\[\/(?:video|media)\]/gi,
		'<video src="$1"></video>',
	],
	[
		/\[url=["']?([^\s[\]"']{1,4000})["']?\](!\[\]\([^()[\]]{1,4000}\)|[^[\]]{0,400})\[\/url\]/gi,
		'[$2]($1)',
	],
	[
		/^([\s>]{0,8})\[([^[\]]{1,60})\]:\s{0,4}<?(\S{1,4000}?)>?\s{1,4}(?:"([^"]{1,200})"|'([^']{1,200})'|\(([^()]{1,200})\))\s*$/,
		'$1$2: [$4$5$6]($3)',
	],
];

/** A line whose tags were escaped, once or twice, or written otherwise, with the tags that were meant. */
export function toMarkup(line: string): string {
	const meant = escapedTag.test(line) ? withoutEscapes(withoutEscapes(line)) : line;
	if (!isOther.test(meant)) return meant;
	return forms.reduce((text, [form, markup]) => text.replace(form, markup), meant);
}
