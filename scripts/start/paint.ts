import { styleText } from 'node:util';

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Colours on a terminal that has them; Node's `hasColors` also knows NO_COLOR and TERM=dumb. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
	if (!stream.isTTY || !stream.hasColors()) return (_, text) => text;
	return (style, text) => styleText(style, text);
}

/** What a service sent may fill lines of a terminal, but not steer it. */
export function plain(text: string): string {
	return text.replace(/\t/g, ' ').replace(/[^\P{Cc}\n]/gu, '');
}
